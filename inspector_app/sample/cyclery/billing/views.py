from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from .models import Invoice


@login_required
def invoice(request, number):
    found = get_object_or_404(Invoice, number=number)
    return JsonResponse({"number": found.number, "net": str(found.net), "order": found.order_id})


@login_required
def payments(request, number):
    found = get_object_or_404(Invoice.objects.prefetch_related("payments"), number=number)
    paid = [{"amount": str(p.amount), "method": p.method} for p in found.payments.all()]
    return JsonResponse({"payments": paid})
