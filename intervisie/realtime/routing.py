"""Addresses of the live sockets."""

from django.urls import path

from intervisie.realtime.socket import room_socket

websocket_urlpatterns = [path("ws/sessie/<uuid:session_id>/", room_socket)]
