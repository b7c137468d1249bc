"""Small counters that several machines may use at once: each change is one atomic UPDATE."""

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

# One statement, which locks the row until the transaction ends.
NEXT = (
    "INSERT INTO base_sequence (name, value) VALUES (%s, 1) "
    "ON CONFLICT (name) DO UPDATE SET value = base_sequence.value + 1 RETURNING value"
)


class Sequence(models.Model):
    """A number that only grows. Taken inside the transaction that uses it, so none is reused."""

    name = models.CharField(primary_key=True, max_length=40)
    value = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("sequence")
        verbose_name_plural = _("sequences")

    def __str__(self):
        return f"{self.name} {self.value}"

    @classmethod
    def take(cls, name: str) -> int:
        """The next number of `name`. Call it inside a transaction: a rollback gives it back."""
        with connection.cursor() as cursor:
            cursor.execute(NEXT, [name])
            return cursor.fetchone()[0]


class Tick(models.Model):
    """A chore that runs now and then, on whichever machine claims it first."""

    name = models.CharField(primary_key=True, max_length=60)
    due_at = models.DateTimeField()
    ran_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("regular chore")
        verbose_name_plural = _("regular chores")

    def __str__(self):
        return self.name


class RateCount(models.Model):
    """How often something was done from one address in one window of time.

    `bucket` is a keyed hash: the table holds no address.
    """

    bucket = models.CharField(max_length=64)
    window_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("rate count")
        verbose_name_plural = _("rate counts")
        constraints = [
            models.UniqueConstraint(fields=["bucket", "window_at"], name="rate_count_bucket_window")
        ]
        indexes = [models.Index(fields=["window_at"], name="rate_count_window")]

    def __str__(self):
        return f"{self.window_at:%Y-%m-%d %H:%M} {self.count}"
