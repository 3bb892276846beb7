"""What is drawn on the glass: each widget draws its own lines and says what a key did to it.

`ink` and `lines` say what a drawn line is; `fields` are the pure kinds of answers that a
form can ask for; `form`, `rows`, `sheet` and `frame` are the widgets.
"""
