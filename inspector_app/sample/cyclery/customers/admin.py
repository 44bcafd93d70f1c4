from django.contrib import admin

from .models import Address, Bicycle, Customer


class AddressInline(admin.StackedInline):
    model = Address


@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "phone", "joined_on"]
    search_fields = ["name", "email"]
    inlines = [AddressInline]


@admin.register(Bicycle)
class BicycleAdmin(admin.ModelAdmin):
    list_display = ["frame_number", "brand", "kind", "owner"]
    list_filter = ["kind", "electric"]
