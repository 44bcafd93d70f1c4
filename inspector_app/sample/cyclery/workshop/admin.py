from django.contrib import admin

from .models import Mechanic, OpenOrder, PartUsed, RepairOrder, Service, Warranty

admin.site.register([Mechanic, Service, Warranty])


class PartUsedInline(admin.TabularInline):
    model = PartUsed
    extra = 0


@admin.register(RepairOrder)
class RepairOrderAdmin(admin.ModelAdmin):
    list_display = ["__str__", "bicycle", "mechanic", "status", "promised_for"]
    list_filter = ["status", "mechanic"]
    inlines = [PartUsedInline]


@admin.register(OpenOrder)
class OpenOrderAdmin(RepairOrderAdmin):
    def get_queryset(self, request):
        return super().get_queryset(request).exclude(status=RepairOrder.Status.COLLECTED)
