"""Slips of the pen put right, one word at a time: contractions, text speak, typos, drawn-out and masked words.

Every word that comes out here goes through unchanged another time. A slip is in the tables only if it is no word of its
own. American spelling becomes British, and mom, mommy, mama, mummy become mum, so that a pattern needs one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_CONTRACTED = """
im=i am, iam=i am, ive=i have, youre=you are, youve=you have, youll=you will, youd=you'd, hes=he's, shes=she's,
hed=he'd, theyre=they are, theyve=they have, theyll=they will, theyd=they'd, weve=we have, itll=it will, itd=it'd,
thats=that's, whats=what's, its=it's, isnt=is not, arent=are not, wasnt=was not, werent=were not, hasnt=has not,
havent=have not, hadnt=had not, dont=do not, doesnt=does not, didnt=did not, wont=will not, wouldnt=would not,
couldnt=could not, shouldnt=should not, cant=can not, cannot=can not, can't=can not, won't=will not, shan't=shall not,
ain't=is not, aint=is not, mustnt=must not, neednt=need not, do'nt=do not, dont'=do not, ca'nt=can not,
wo'nt=will not, did'nt=did not, is'nt=is not, was'nt=was not, would'nt=would not, could'nt=could not, dosent=does not,
dosnt=does not, dnt=do not, didt=did not, couldve=could have, wouldve=would have, shouldve=should have,
coulda=could have, woulda=would have, shoulda=should have, gonna=going to, gunna=going to, goin=going, wanna=want to,
gotta=got to, hafta=have to, tryna=trying to, tryin=trying, finna=about to, boutta=about to, lemme=let me,
imma=i am going to, ima=i am going to, gimme=give me, kinda=kind of, sorta=sort of, outta=out of, dunno=do not know,
'cause=because, 'em=them, y'all=you all, yall=you all
"""
_TEXTED = """
coz=because, cuz=because, cos=because, cus=because, bc=because, bcoz=because, bcos=because, bcuz=because, u=you,
ya=you, yu=you, ur=your, yr=your, r=are, n=and, &=and, nd=and, em=them, tonite=tonight, 2nite=tonight, 2night=tonight,
2day=today, 2moro=tomorrow, tmrw=tomorrow, tmr=tomorrow, b4=before, pls=please, plz=please, ppl=people, bf=boyfriend,
gf=girlfriend, kms=kill myself, kys=kill yourself, unalive=kill, unaliving=killing, idk=i do not know, rn=right now,
abt=about, smth=something, sth=something, doin=doing, feelin=feeling, thinkin=thinking, livin=living, killin=killing,
hittin=hitting, cuttin=cutting, hurtin=hurting, drinkin=drinking, txt=text, txts=texts, txting=texting, txted=texted,
msg=message, msgs=messages, tho=though, altho=although, ngl=not going to lie, omg=oh my god, btw=by the way,
tbh=to be honest, imo=in my opinion, wen=when, wat=what, wot=what, wut=what, wnt=want, hav=have, hv=have, shud=should,
wud=would, cud=could, sed=said, luv=love, luvs=loves, pw=password, yrs=years, hrs=hours, mins=minutes, wk=week,
wks=weeks, k=okay, ok=okay, yh=yes, yea=yes, yeh=yes, yeah=yes, yep=yes, yup=yes, nah=no, nope=no, gd=good,
prolly=probably, probs=probably, defo=definitely, srsly=seriously, srry=sorry, soz=sorry, fukin=fucking,
fckin=fucking, fkn=fucking, fuckin=fucking, noone=no one, alot=a lot, alright=all right, everytime=every time,
anymore=any more, mb=my bad, idc=i do not care, fr=for real, tbf=to be fair, obvs=obviously, prob=probably,
bday=birthday, rly=really, rlly=really, thx=thanks, ty=thank you, sry=sorry, jk=just kidding, ily=i love you
"""
_CALLED = """
hubby=husband, hubs=husband, wifey=wife, missus=wife, mom=mum, mommy=mum, mummy=mum, mama=mum, mam=mum, momma=mum,
mums=mum's, moms=mum's, mom's=mum's, mommy's=mum's, mummy's=mum's, daddy=dad, papa=dad, dads=dad's, daddy's=dad's
"""
_MISSPELT = """
cnat=can not, cna't=can not, dotn=do not, jsut=just, taht=that, adn=and, hte=the, gona=going to, wana=want to,
dissapear=disappear, dissappear=disappear, disapear=disappear, ded=dead, hed=head, wannt=want, teh=the, evry=every,
frend=friend, myslf=myself, meself=myself, mself=myself, hisself=himself, theirself=themselves, urself=yourself,
suiside=suicide, suacide=suicide, suecide=suicide, sewerslide=suicide, sucidal=suicidal, suisidal=suicidal, hert=hurt,
hurted=hurt, hitted=hit, beated=beat, beaten=beat, cutted=cut, punchd=punched, grabed=grabbed, choaked=choked,
choack=choke, chocked=choked, screem=scream, skared=scared, scard=scared, scaird=scared, affraid=afraid, sory=sorry,
sorri=sorry, soory=sorry, apologize=apologise, apologized=apologised, apologizing=apologising, apologizes=apologises,
appologise=apologise, appologize=apologise, apoligise=apologise, apoligize=apologise, apologice=apologise,
appologised=apologised, appologized=apologised, realize=realise, realized=realised, recognize=recognise,
criticize=criticise, criticized=criticised, minimize=minimise, allways=always, alwase=always, neva=never, nevr=never,
becouse=because, becos=because, freind=friend, freinds=friends, husbend=husband, boyfrend=boyfriend,
girlfrend=girlfriend, tommorow=tomorrow, tommorrow=tomorrow, passwrd=password, drnk=drunk, drunked=drunk,
alchol=alcohol, alcahol=alcohol, neighbors=neighbours, neighbor=neighbour, behavior=behaviour, hellp=help, kil=kill,
killd=killed, kild=killed, strangel=strangle, thretened=threatened, threated=threatened, threten=threaten, nife=knife,
probly=probably, realy=really, beter=better, carnt=can not, diddnt=did not, didint=did not, arnt=are not, peple=people,
sombody=somebody, thort=thought, tomoro=tomorrow, embarased=embarrassed, embarassed=embarrassed, infront=in front,
anythin=anything, somethin=something, nothin=nothing, everythin=everything, onest=honest, iv=i have,
nite=night, definately=definitely, wich=which, untill=until, tho'=though, jelous=jealous, appart=apart,
voilent=violent, voilence=violence, abusiv=abusive, controling=controlling, forsed=forced, wory=worry, skool=school
"""

_SPOKEN = """
cannae=can not, didnae=did not, dinnae=do not, doesnae=does not, wisnae=was not, wasnae=was not, willnae=will not,
gonnae=going to, oot=out, hoose=house, wi=with, nowt=nothing, owt=anything, summat=something, dae=do,
heid=head, aff=off, efter=after, doon=down, ootside=outside, jist=just, whit=what, naebody=nobody, telt=told, gie=give,
tae=to, fae=from, gaun=going, auld=old, masel=myself, hame=home, polis=police, fraid=afraid, inna=in, dem=them,
dat=that, dis=this, wid=would, watter=water, hisself=himself, theirself=themselves
"""

_DROPPED = """
be call com cry drink driv feel fight fix follow get giv go hitt hold hurt keep kick kill know leav look liv
mak park play pull push putt rid runn say scream see send shak shout sitt sleep smok spend stand start stay stopp
swear tak talk tell text threaten think throw try turn wait walk watch wear work writ yell hopp nagg
noth someth anyth everyth morn even cutt beat punch slapp chok fuck
"""
"""Words that lose the end of their -ing when they are spoken: fixin, nothin."""

_MEANS = {
    slip: tuple(words.split())
    for table in (_CONTRACTED, _TEXTED, _CALLED, _SPOKEN, _MISSPELT)
    for slip, words in (entry.strip().split("=") for entry in table.replace("\n", " ").split(","))
} | {f"{word}in": (f"{word}ing",) for word in _DROPPED.split()}

_LONG = """
abusive accident afraid alcohol allowed always anymore apologise apologised because behaviour bleeding boundary
boyfriend brother bruise bruises burned choked choking control controlling controls cutting daughter disappear
drinking everyone everything exhausted father following forgive forgiven frightened girlfriend goodbye grabbed himself
herself hitting hopeless hospital hurting husband killed killing kicked listen locked message messages mistake mother
myself nobody overdose partner password pointless police pregnant promise punched pushed restraining scared shoved
sister slapped smashed somebody someone stalking strangle strangled suicidal suicide tablets terrified themselves
thinking threaten threatened threatens threatening tomorrow tonight violence violent weapon without worthless yourself
"""
_REAL = "sacred scarred bother sapped tables violet staking strange gabbed sashed coked coking"
"""What looks like a slip of one of the long words, and is a word."""


def _swapped(word: str) -> Iterator[str]:
    """The word with two letters swapped; the first letter stays."""
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _slips(word: str) -> Iterator[str]:
    """The word with two letters swapped, one left out, or one doubled; the first letter stays."""
    yield from _swapped(word)
    for at in range(1, len(word)):
        yield word[:at] + word[at] + word[at:]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1 :]


_SHORT = "drunk gonna hurts hurt knife kills leave never scare shove throw wanna wants want"
"""As above; of these only swapped letters are known, since much else comes to a word."""

_KEPT = frozenset(_LONG.split() + _REAL.split())
_TYPOS = {slip: word for word in _LONG.split() for slip in _slips(word) if slip not in _KEPT} | {
    slip: word for word in _SHORT.split() for slip in _swapped(word) if slip not in _KEPT
}

_ENDINGS = (("n't", "not"), ("'m", "am"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"))
_LONGEST = 30
"""Letters of a word that is looked at; more are no word."""

_NO_SUBJECTS = """
be being been am is was are were feel feels feeling felt fall falls fell fallen get gets getting got gotten become
becomes became look looks looked looking seem seems seemed too very really quite pretty rather still always never
that's it's he's she's not taken took make makes made making mentally terminally seriously a an the my your his her our
their of in with for no any photo student fake new this these those speak spoke mum dad
"""
_NO_SUBJECT = frozenset(_NO_SUBJECTS.split())
"""After one of these "ill" and "id" are words of their own; else they are I'll and I'd."""

_MARKS = frozenset('.!?;:"')
_PART = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s']")
_AGE = re.compile(r"(\d{1,2})(?:yo|yrs?|y)")


_EITHER = {"ill": ["i", "will"], "id": ["i'd"]}
"""Words of their own that are often meant as something else."""
_APART = {"m": "am", "ve": "have", "ll": "will"}
"""What stands by itself after "i" where a space took the apostrophe's place."""
_STEMS = {
    "can": "can", "won": "will", "don": "do", "didn": "did", "doesn": "does", "isn": "is", "wasn": "was", "aren": "are",
    "couldn": "could", "wouldn": "would", "shouldn": "should", "haven": "have", "hasn": "has",
}  # fmt: skip
"""The same before a "t" by itself."""
_RIGHT = {slip: _MEANS.get(word, (word,)) for slip, word in _TYPOS.items()} | _MEANS
_LONE = frozenset("t")
_RIGHT |= dict.fromkeys((*_EITHER, *_APART, *_LONE), ())


def put_right(tokens: Iterable[str]) -> list[str]:
    """The words that are meant by words of small letters; whatever is no word stays."""
    words: list[str] = []
    _add(words, tokens)
    return words


def _add(words: list[str], tokens: Iterable[str]) -> None:
    for token in tokens:
        right = _RIGHT.get(token)
        if right:
            words += right
        elif right is None and (token.isalpha() or token in _MARKS):
            words.append(token)
        else:
            _seldom(words, token)


def _seldom(words: list[str], token: str) -> None:
    """Put right what has an apostrophe, a digit or a sign in it, or means one of two things, and add it."""
    before = words[-1] if words else ""
    if token.endswith("in'") and len(token) > len("doin"):
        token = token[:-1] + "g"  # tryin': trying
    found = _PART.findall(token)
    if token in _EITHER:
        words += [token] if before in _NO_SUBJECT else _EITHER[token]
    elif token in _APART:
        words.append(_APART[token] if before == "i" else token)
    elif token in _LONE and before in _STEMS:
        words[-1:] = [_STEMS[before], "not"]
    elif found != [token]:
        _add(words, found)
    elif "'" in token and len(token) <= _LONGEST:
        _written_out(words, token)
    else:
        age = _AGE.fullmatch(token)
        words += [age[1], "years", "old"] if age else [_shady(token)]


def _written_out(words: list[str], token: str) -> None:
    """Add a word with an apostrophe, its ending as a word of its own."""
    ending = next((one for one in _ENDINGS if token.endswith(one[0]) and token != one[0]), None)
    if ending is None:
        words.append("'".join(map(_shady, token.split("'"))))
        return
    _add(words, [token.removesuffix(ending[0]).rstrip("'")])
    words.append(ending[1])


_DRAWN = re.compile(r"([a-z])\1\1+")
_HELD = re.compile(r"[a-z]*([a-z])\1\1[a-z]*")
_TWICE = """
all call fell full hell ill kill pull tell will feel need see been seen keep sleep free bleed too good soon fool school
kiss miss pass off stuff sorry happy
"""
_DOUBLED = {re.sub(r"(.)\1", r"\1", word): word for word in _TWICE.split()}


def drawn_out(text: str) -> str:
    """The text without letters that were held down: "soooo" is so, "killll" kill."""
    return _HELD.sub(lambda found: _short(found[0]), text)


def _short(word: str) -> str:
    once = _DRAWN.sub(r"\1", word)
    return _DOUBLED.get(once, once)


_SHADY = """
kill killed killing kills suicide suicidal rape raped raping rapist die died death dead hurt hurts hurting hit hits cut
cuts cutting beat abuse abused abusive drunk drugs sexual sex assault assaulted murder murdered stab stabbed shoot gun
knife harm overdose strangle strangled choke choked punch punched bitch bitches fuck fucked fucking shit whore slut
"""
_STANDS_FOR = {"o": "0", "i": "1!", "l": "1", "e": "3", "a": "4@", "s": "5$", "t": "7"}
_MEANT = tuple(_SHADY.split())
_LOOKS = re.compile(
    "|".join("(" + "".join(f"[{letter}*#{_STANDS_FOR.get(letter, '')}]" for letter in word) + ")" for word in _MEANT)
)
_MASKED = re.compile(r"(?<![\w@$*#!])(?=[^\s]{0,12}?[a-z])(?=[a-z]*[0-9@$*#!])[a-z0-9@$*#!]{3,12}(?![\w@$*#])")


def unmasked(text: str) -> str:
    """The text in small letters with words like "k1ll" and "r*pe" as they are meant."""
    return _MASKED.sub(lambda found: _shady(found[0]), text)


def _shady(written: str) -> str:
    word = written.rstrip("!")
    found = None if word.isalpha() or word.isdigit() else _LOOKS.fullmatch(word)
    return _MEANT[found.lastindex - 1] + written[len(word) :] if found and found.lastindex else written
