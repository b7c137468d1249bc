"""What people take with them: calendar files, news, posters, a card for other sites."""
