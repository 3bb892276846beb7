"""Services and states that share a fate."""

from __future__ import annotations

from kiosk.codes import Service, Status

GOODS = frozenset(
    {Service.PACKAGE, Service.PARCEL, Service.SMALL_PARCEL, Service.MEDICAL_PACKAGE}
)
# Needs no row and is not counted; passes the isolator and the quarantine.
PRIVILEGED = frozenset(
    {
        Service.LAWYER_VISIT,
        Service.CONSULAR_VISIT,
        Service.MONITOR_VISIT,
        Service.MEDICAL_PACKAGE,
    }
)
# Refused by a ban only where the ban names the service; "*" does not mean these.
ON_DUTY = frozenset(
    {
        Service.LAWYER_VISIT,
        Service.OFFICIAL_VISIT,
        Service.CONSULAR_VISIT,
        Service.MONITOR_VISIT,
    }
)
GONE = frozenset({Status.TRANSFERRED, Status.RELEASED, Status.DEAD})
AWAY = frozenset({Status.COURT, Status.HOSPITAL})
