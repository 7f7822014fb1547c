"""Cue phrases of English abstracts, and how they are found.

Only words of any science stand here: no paper, model, benchmark or dataset.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache


class Lexicon:
    """Groups of phrases that are found in one pass over the words of a sentence.

    A phrase is a few lower-case words; a `*` at its end lets the last word go on, so that `improv*` finds `improves`.
    """

    def __init__(self, groups: Mapping[str, str]) -> None:
        """Takes, for each group, its phrases parted by commas."""
        self._root = _Node()
        # Most words begin no phrase, and abstracts share most of their words.
        self._begun = lru_cache(maxsize=50_000)(self._begin)
        for group, phrases in groups.items():
            for phrase in filter(None, map(str.strip, phrases.split(","))):
                self._add(group, phrase)

    def _add(self, group: str, phrase: str) -> None:
        *first, last = phrase.split()
        node = self._root
        for word in first:
            node = node.following.setdefault(word, _Node())
        if last.endswith("*"):
            # Every stem has three letters at least, which makes its first three a key.
            node.stems.setdefault(last[:3], []).append((last[:-1], group, phrase))
        else:
            node.following.setdefault(last, _Node()).found.append((group, phrase))

    def count(self, words: Sequence[str]) -> Counter[str]:
        """Returns how many different phrases of each group occur."""
        found: set[tuple[str, str]] = set()
        for start, begun in enumerate(map(self._begun, words), 1):
            if begun:
                phrases, node = begun
                if phrases:
                    found.update(phrases)
                if node:
                    _follow(node, words[start : start + 4], found)
        return Counter([group for group, _ in found])

    def _begin(self, word: str) -> tuple[list[tuple[str, str]], _Node | None] | None:
        """Returns the phrases that are this word, and where longer ones go on; None where no phrase begins with it."""
        found: set[tuple[str, str]] = set()
        _follow(self._root, (word,), found)
        node = self._root.following.get(word)
        return (list(found), node) if found or node else None


def _follow(node: _Node, words: Sequence[str], found: set[tuple[str, str]]) -> None:
    """Adds the phrases that go on with these words."""
    for word in words:
        for stem, group, phrase in node.stems.get(word[:3], ()):
            if word.startswith(stem):
                found.add((group, phrase))
        after = node.following.get(word)
        if after is None:
            return
        if after.found:
            found.update(after.found)
        node = after


@dataclass
class _Node:
    """The phrases that begin alike."""

    following: dict[str, _Node] = field(default_factory=dict)
    stems: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    found: list[tuple[str, str]] = field(default_factory=list)


def _each(subjects: str, verbs: str) -> str:
    """Returns every subject followed by every verb."""
    return ",".join(f"{subject} {verb}" for subject in subjects.split(",") for verb in verbs.split())


_WE = (
    "we,we also,we then,we further,we first,we therefore,we thus,we carefully,we next,here we,we "
    "additionally,we systematically"
)
_THIS = "paper,work,study,article,report,survey,review,letter,thesis,contribution,tutorial,chapter"

SAYINGS = Lexicon(
    {
        # What is new, in the authors' words.
        "proposing": _each(
            _WE,
            "propose proposed introduce introduced present presented develop developed design designed devise devised"
            " release build built construct constructed create created describe contribute establish formulate unveil"
            " provide extend extended collect collected curate curated report implement implemented offer derive"
            " advocate leverage",
        )
        + ","
        + _each(_THIS, "proposes introduces presents develops describes offers provides represents contributes unveils")
        + ",is proposed,are proposed,is introduced,are introduced,is presented,and introduce,and propose,and present,"
        "by proposing,by introducing,by presenting,we are the first to,is developed,was developed,were developed,"
        "and design,and develop,by constructing,by designing,we to propose,we here propose,work we propose",
        # What is looked into.
        "studying": _each(
            _WE,
            "study investigate explore examine analyze analyse evaluate benchmark review survey conduct "
            "perform revisit"
            " compare assess tackle address consider discuss probe test characterize ask measure quantify studied"
            " examined evaluated investigated reviewed analyzed assessed compared surveyed tested focus aim seek",
        )
        + ","
        + _each(
            _THIS,
            "investigates explores studies examines focuses addresses aims tackles reviews surveys analyzes considers"
            " discusses deals evaluates assesses delves covers explains compares",
        )
        + ",we take a step,we move a step,we aimed,we sought,comprehensive overview,systematic overview",
        "aiming": "our goal,our aim,our objective,the goal,the aim,goal of,aim of,objective of,purpose of,aims to,"
        "aim to,"
        "aimed to,we aim,we sought,we aimed,we seek,this survey,this review,this tutorial,focuses on,goal is,aim is,"
        "objective is,purpose is,objective,objectives",
        # Gaps and difficulties.
        "failing": "however,unfortunately,nevertheless,nonetheless,yet,lack*,limited,limit,limits,limiting,"
        "limitation*,"
        "challeng*,struggl*,fail*,suffer*,hinder*,scarc*,remain*,unexplored,under-explored,underexplored,overlook*,"
        "unclear,cannot,insufficient*,costly,restrict*,gap,gaps,bottleneck*,neglect*,difficult*,under-studied,"
        "understudied,underperform*,prohibitive*,obstacle*,poorly,impractical,vulnerab*,hamper*,imped*,drawback*,"
        "shortcoming*,burden*,unable,inadequa*,degrad*,constrain*,inefficien*,issue,issues,problem,problems,redundan*,"
        "difficulty,expensive,hard,unknown,inconsisten*,dilemma,capped,prone to,sub-optimal,suboptimal,"
        "trade-off,little",
        "contrast": "however,but,yet,nevertheless,nonetheless,unfortunately,despite,although,though,while,whereas,"
        "regardless,in practice,on the other hand,rely heavily,heavily rely,rely on,relies on,instead of,rather than,"
        "only,primarily,predominantly,mainly,not,few,complex,demand*",
        "general": "recent*,in recent years,existing,previous*,prior,current,currently,conventional*,traditional*,"
        "have been,has been,have shown,have demonstrated,has emerged,have emerged,have become,has become,is a,"
        "is one of,are often,typically,often,usually,widely,increasingly,many,most,there is,there are,crucial,"
        "important,essential,despite,although,they,have achieved,have made,have seen,has seen,growing,rapid,advent,"
        "emergence,rise of,success of,it is,attention,interest,decades,nowadays,modern,known,these methods,"
        "these models,such methods,plays a,play a,vital,fundamental,background",
        "own": "we,our,this paper,this work,this study,this survey,ours,the proposed,this article,here we,this review,"
        "this tutorial,this report,this thesis,the present study,this research,this contribution,is proposed,"
        "is presented,are presented,are proposed",
        "doing": "first,firstly,second,secondly,third,thirdly,then,next,specifically,concretely,in particular,"
        "consists of,"
        "consist of,comprises,composed of,comprising,contains,is built,is constructed,is designed,employ*,leverag*,"
        "utiliz*,utilis*,incorporat*,integrat*,we use,we used,we train,we trained,we adopt,we apply,we applied,"
        "we define,we optimize,features,module,encoder,decoder,architecture,mechanism,pipeline,strategy,stage,stages,"
        "annotated,collected,trained on,fine-tuned on,is based on,given,for each,additionally,categorize,taxonomy,"
        "covers,covering,were collected,were randomized,was performed,were recruited,we enrolled,were "
        "treated,we model,"
        "were measured,was measured,to this end,inspired by,motivated by,cover,discuss,by using,dataset of,methods,"
        "method,were included,were assigned,supports,it features,undergoes,we modify,were analyzed,we recruited",
        "proving": "outperform*,surpass*,exceed*,achiev*,state-of-the-art,improv*,superior*,results show,"
        "results demonstrate,results indicate,results suggest,results reveal,we show,we find,we found,we demonstrate,"
        "we observe,we reveal,we discover,demonstrates,demonstrating,reveals,showing,significantly,reduces,reduction,"
        "accuracy,faster,better,competitive,comparable,gain*,boost*,on par,compared to,compared with,we prove,"
        "we identify,we identified,reduced,increased,associated with,performance,best,effectiveness,efficacy,exhibits,"
        "remarkable,validate,confirm*,higher,lower,robust",
        "finding": "we show that,we find that,we found that,we observe that,we demonstrate that,we also find,we "
        "also show,"
        "we further show,results show,results demonstrate,results indicate,results suggest,results reveal,"
        "experiments show,experiments demonstrate,experimental results,extensive experiments,experiments on,"
        "findings reveal,findings show,findings suggest,findings indicate,outperforms,surpasses,surpassing,"
        "outperforming,we prove that,evaluations show,evaluation shows,evaluation reveals,analysis reveals,"
        "analysis shows,we reveal,our results,reveals that,shows that,demonstrates that,experiments across,"
        "experiments confirm,improved by,reduced by,our findings,conclude that,was associated with,"
        "were associated with,our experiments,evaluations demonstrate,we find,we observe,empirical evidence,"
        "evaluation demonstrates,extensive evaluations,we empirically,results confirm,experimental evaluation,"
        "results,conclusions,conclusion,our evaluation,we conclude,strikingly,surprisingly,our study reveals,"
        "experiments validate,results validate,our analysis,we establish that,we discover",
        # What the authors wish for.
        "hoping": "we hope,we believe,we envision,we expect,we anticipate,future research,future work,future studies,"
        "future directions,pave*,valuable insights,new insights,inspire,inspires,encourag*,foster,stepping stone,"
        "cornerstone,shed light,call for,calls for,opens up,opening up,promising direction*,new possibilities,"
        "highlight the,highlights the,underscore the,underscores the,emphasize the,facilitate further,"
        "implications for,"
        "serves as a,serve as a,stimulate,contributes to,broader,offers insights,provides insights,new avenues,"
        "our findings,our insights,lays the,rapidly evolving,our objective,aim to inspire,we are committed,"
        "research community,further research,next generation",
        # What is given away.
        "releasing": "available,released,open-sourced,open-source,release,open sourced,opensource,accessible,accessed,"
        "homepage,found,code,codes,codebase,repository,github,website,webpage,checkpoint*,publicly,freely,demo,"
        "leaderboard,visit,download*,page,released,weights",
        "released": "available at,released at,found at,project page,code is,code will,codes will,codes are,"
        "data are available,accessible at,rights reserved,coming soon,open-source our,publicly available,"
        "will be released,will release,will be available,made available,will open-source,code and,codes and,"
        "code available,accessed at,this https url,open-sourced at,be open-sourced,code data,all codes,our code,"
        "our source code,published by,freely available,be made,open sourced,source code,our codes,available here,"
        "a github repository,public repository,we release our,resources available,maintain a",
        # What the authors' own work does not do.
        "admitting": "limitations of our,limitation of our,limitations of this,limitation of this,limitations of the "
        "present,"
        "limitations of the proposed,limitations include,study limitations,we acknowledge,"
        "we leave,remains to be seen,remains to be tested,remains to be shown,at the cost of,at the expense of,"
        "comes at the cost,a limitation,main limitation,small sample size,interpreted with caution,caution is needed,"
        "further studies are needed,further trials are needed,our work is limited,our method is limited,"
        "our model is limited,"
        "our approach is limited,our study is limited,our analysis is limited,our results are limited,is limited to,"
        "are limited to,we do not consider,we do not address,we did not,generalizability is,generalizability may,"
        "does not generalize,still far from,single-center,retrospective design",
        # Factors in words.
        "multiplying": "tens of times,hundreds of times,thousands of times,dozens of times,order of magnitude,"
        "orders of magnitude,twice,doubles,halves,doubling,halving,tripling",
        # What kind of thing the authors speak of.
        "is survey": "this survey,our survey,this review,our review,this tutorial,we review,we survey,comprehensive "
        "survey,"
        "comprehensive review,comprehensive overview,systematic review,this survey paper",
        "is theory": "we prove,theorem*,prove that,tight bound,tight bounds,lower bound on,upper bound on,"
        "our proof,counterexample",
        "is analysis": "our study,our analysis,our investigation,our findings,we find that,we found that,we observe "
        "that,"
        "we discover,we reveal,we investigate,this study investigates,this paper investigates,this work investigates,"
        "this paper explores,this work explores,this study explores,this paper examines,this study examines,"
        "was associated with,were associated with,surprisingly,this study evaluates,this study assesses,we conclude",
        "is benchmark": "this benchmark,our benchmark,the benchmark,benchmark comprises,benchmark consists,benchmark "
        "contains,"
        "benchmark includes,human performance,human-level performance,random guess,random guessing,random chance,"
        "challenging even for,even the most advanced,best-performing model,we evaluate over,we benchmark,"
        "existing benchmarks,"
        "current benchmarks,our evaluation of,evaluation of",
        "is dataset": "our dataset,this dataset,our corpus,this corpus,dataset contains,dataset consists,dataset "
        "comprises,"
        "dataset includes,dataset covers,corpus contains,corpus consists,new dataset,dataset of",
        "is model": "our model,our models,the proposed model,model weights,pre-trained on,pretrained on,trained on,"
        "instruction-tuned,"
        "trained from scratch,family of,model family,trained entirely",
        "is method": "our method,our approach,our framework,our strategy,our algorithm,our proposed method,our "
        "proposed approach,"
        "our proposed framework,the proposed method,the proposed approach,the proposed framework,model-agnostic,"
        "training-free,plug-and-play,plug-in",
    }
)
"""What a sentence of an abstract does."""
