from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django.views.generic import DetailView

from .models import RepairOrder


@login_required
def board(request):
    orders = RepairOrder.objects.exclude(status=RepairOrder.Status.COLLECTED)
    return render(request, "workshop/board.html", {"orders": orders.select_related("bicycle")})


class OrderDetail(LoginRequiredMixin, DetailView):
    model = RepairOrder


@require_POST
@permission_required("workshop.close_order")
def close(request, pk):
    order = get_object_or_404(RepairOrder, pk=pk)
    order.status = RepairOrder.Status.COLLECTED
    order.save(update_fields=["status", "changed_at"])
    return redirect("workshop:board")
