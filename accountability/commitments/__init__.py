"""Following commitments up: news for who follows, days of checking, balance, lists, figures."""
