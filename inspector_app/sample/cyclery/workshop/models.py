from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models

from customers.models import Bicycle
from parts.models import Part


class Stamped(models.Model):
    """When a row was made and last changed."""

    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Mechanic(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    hourly_rate = models.DecimalField(max_digits=6, decimal_places=2)
    apprentice_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True)

    def __str__(self):
        return self.user.get_full_name() or self.user.get_username()


class Service(models.Model):
    """One line of the price list."""

    name = models.CharField(max_length=120, unique=True)
    minutes = models.PositiveSmallIntegerField()
    price = models.DecimalField(max_digits=7, decimal_places=2)

    def __str__(self):
        return self.name


class Note(Stamped):
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")

    def __str__(self):
        return self.text[:40]


class RepairOrder(Stamped):
    class Status(models.TextChoices):
        WAITING = "waiting"
        IN_PROGRESS = "in_progress"
        READY = "ready"
        COLLECTED = "collected"

    bicycle = models.ForeignKey(Bicycle, on_delete=models.PROTECT, related_name="orders")
    mechanic = models.ForeignKey(Mechanic, on_delete=models.SET_NULL, null=True, blank=True)
    services = models.ManyToManyField(Service, blank=True)
    parts = models.ManyToManyField(Part, through="PartUsed")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING)
    promised_for = models.DateField(null=True, blank=True)
    notes = GenericRelation(Note)

    class Meta:
        ordering = ["-created_at"]
        permissions = [("close_order", "Can close a repair order")]

    def __str__(self):
        return f"Order {self.pk}"


class PartUsed(models.Model):
    order = models.ForeignKey(RepairOrder, on_delete=models.CASCADE)
    part = models.ForeignKey(Part, on_delete=models.PROTECT)
    quantity = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name_plural = "parts used"
        constraints = [
            models.UniqueConstraint(fields=["order", "part"], name="part_once_per_order"),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.part}"


class Warranty(Stamped):
    order = models.ForeignKey(RepairOrder, on_delete=models.CASCADE, unique=True)
    months = models.PositiveSmallIntegerField(default=6)
    terms = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "warranties"

    def __str__(self):
        return f"{self.months} months on {self.order}"


class OpenOrder(RepairOrder):
    """What is on the stands today, for the admin."""

    class Meta:
        proxy = True
        verbose_name = "open order"
