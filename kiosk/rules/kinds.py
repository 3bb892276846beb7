"""Services, states and relations that share a fate."""

from __future__ import annotations

from kiosk.codes import Relation, Service, Status

GOODS = frozenset(
    {Service.PACKAGE, Service.PARCEL, Service.SMALL_PARCEL, Service.MEDICAL_PACKAGE}
)
# Whom a family visits, and what a relation or a permission is needed for.
SOCIAL = frozenset({Service.SHORT_VISIT, Service.LONG_VISIT})
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
CLOSE_KIN = frozenset(
    {
        Relation.SPOUSE,
        Relation.PARENT,
        Relation.CHILD,
        Relation.SIBLING,
        Relation.GRANDPARENT,
        Relation.GRANDCHILD,
    }
)
