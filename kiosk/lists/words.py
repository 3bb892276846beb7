"""The words by which offices write a state, in Russian, Kyrgyz or English, and its code."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from kiosk.codes import Category, Condition, Regime, Service, Sex, Status
from kiosk.lists.faults import Fault
from kiosk.lists.heads import plain
from kiosk.text import N_

Code = TypeVar("Code", bound=StrEnum)

_SEX = {
    Sex.MALE: "male,м,муж,мужской,мужчина,эркек,э",
    Sex.FEMALE: "female,ж,f,жен,женский,женщина,аял,а",
}
_CATEGORY = {
    Category.CONVICT: (
        "осужденный,осужденная,осужден,осуждена,осужд,соттолгон,отбывает наказание,convicted"
    ),
    Category.REMAND: (
        "лицо под стражей,под стражей,заключенный под стражу,заключен под стражу,"
        "подследственный,подследственная,подсудимый,подсудимая,следственно арестованный,"
        "обвиняемый,обвиняемая,сизо,камакка алынган,камактагы,on remand"
    ),
}
_REGIME = {
    Regime.GENERAL: "общий,общего,жалпы",
    Regime.STRICT: "строгий,строгого,катуу",
    Regime.SPECIAL: "особый,особого,өзгөчө",
}
_CONDITION = {
    Condition.ORDINARY: "обычные,обычных,общие,адаттагы,кадимки",
    Condition.LIGHT: "облегченные,облегченных,льготные,жеңилдетилген",
    Condition.STRICT: "строгие,строгих,суон,сус,катуу",
}
_STATUS = {
    Status.PRESENT: (
        "на месте,присутствует,в учреждении,содержится,налицо,в наличии,прибыл,прибыла,ордунда"
    ),
    Status.ISOLATOR: "изолятор,в изоляторе,шизо,в шизо,штрафной изолятор,карцер,айып изолятору",
    Status.QUARANTINE: "карантин,в карантине,карантинде",
    Status.HOSPITAL: "больница,в больнице,госпиталь,госпитализирован,ооруканада,оорукана",
    Status.COURT: "суд,в суде,на суде,сотто",
    Status.TRANSFERRED: (
        "переведен,переведена,этапирован,этапирована,убыл,убыла,переведен в другое учреждение,"
        "которулган"
    ),
    Status.RELEASED: "освобожден,освобождена,бошотулган",
    Status.DEAD: "умер,умерла,скончался,скончалась,died,каза болгон,өлгөн",
}
_SERVICE = {
    Service.SHORT_VISIT: "краткосрочное свидание,краткосрочные свидания,краткосрочное",
    Service.LONG_VISIT: "длительное свидание,длительные свидания,длительное",
    Service.PACKAGE: "передача,передачи,берилме",
    Service.PARCEL: "посылка,посылки,посылка почтой",
    Service.SMALL_PARCEL: "бандероль,бандероли",
}
# Words that only repeat the head: "строгий режим", "обычные условия".
_REPEATED = frozenset(
    ("режим", "режима", "режими", "regime", "условия", "условий", "шарттар", "содержания")
)


def _by_word(words: Mapping[Code, str]) -> dict[str, Code]:
    return {
        plain(word): code
        for code, written in words.items()
        for word in (code.value, code.name, *written.split(","))
    }


SEX = _by_word(_SEX)
CATEGORY = _by_word(_CATEGORY)
REGIME = _by_word(_REGIME)
CONDITION = _by_word(_CONDITION)
STATUS = _by_word(_STATUS)
SERVICE = _by_word(_SERVICE)


def code_of(text: str, words: Mapping[str, Code]) -> Code:
    """The code for which `text` stands. Raises Fault for a word that stands for none."""
    said = plain(text)
    code = words.get(said)
    if code is None:
        code = words.get(" ".join(w for w in said.split() if w not in _REPEATED))
    if code is None:
        known = ", ".join(sorted({one.value for one in words.values()}))
        raise Fault(
            N_("{word} is not known here. Known are: {words}."), word=text[:24], words=known
        )
    return code
