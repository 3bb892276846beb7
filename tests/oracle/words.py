"""Which services and states share a fate, as the text lists them."""

GOODS = {"package", "parcel", "small_parcel", "medical_package"}
SOCIAL_VISITS = {"short_visit", "long_visit"}
PRIVILEGED = {"lawyer_visit", "consular_visit", "monitor_visit", "medical_package"}
ON_DUTY = {"lawyer_visit", "consular_visit", "monitor_visit", "official_visit"}
GONE = {"transferred", "released", "dead"}
AWAY = {"court", "hospital"}
CLOSE = {"spouse", "parent", "child", "sibling", "grandparent", "grandchild"}
