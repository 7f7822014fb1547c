"""Which kinds of data a paper is about."""

from __future__ import annotations

from collections import Counter

from agent.models.embedded.abstract import Abstract
from agent.models.embedded.lexicon import Lexicon
from agent.schema import Modality
from agent.text import words


def modalities(abstract: Abstract) -> tuple[Modality, ...]:
    """Returns the kinds of data that title and abstract speak of, in the order of the schema."""
    counts: Counter[str] = Counter()
    for sentence in abstract.sentences:
        counts.update(_LEXICON.count(sentence.words))
    title = _LEXICON.count(words(abstract.title))
    weights = {kind: counts[kind] + 2 * title[kind] for kind in _PHRASES}
    found = {kind for kind, least in _LEAST.items() if weights[kind] >= least}
    if "medical-image" in found:
        # Pictures of a clinic are told apart from photographs.
        found.discard("image")
    if "video" in found and sum(_PICTURES.count(sentence.words)["pictures"] for sentence in abstract.sentences) < 2:
        found.discard("image")
    return tuple(kind for kind in _PHRASES if kind in found)


_PHRASES: dict[Modality, str] = {
    "text": "text*,language*,linguistic*,question*,dialog*,caption*,document*,llm,llms,nlp,sentence*,word,words,"
    "translation*,lexical,instruction*,prompt*,vision-language,mllm,mllms,vlm,vlms,lvlm,lvlms,lmm,lmms,corpus,chat*,"
    "conversation*,question-answering,image-text,video-text,text-to-image,summariz*,report*,reviews,captioning",
    "image": "image*,visual*,vision*,picture*,photo*,pixel*,imagery,vqa,ocr,chart*,object detection,"
    "screenshot*,text-to-image,"
    "vision-language,vision-and-language,vlm,vlms,lvlm,lvlms,image-text,segmentation,"
    "multimodal large language,"
    "multi-modal large language,mllm,mllms,lmm,lmms,large multimodal,multimodal llm*,multi-modal llm*,multimodal"
    " foundation,"
    "multimodal model*",
    "video": "video*,frame,frames,streaming,movie*,film,films,youtube,video-text,text-to-video,egocentric,"
    "audio-visual*,audiovisual*",
    "audio": "audio*,sound*,music*,acoustic*,auditory,hearing,audiovisual,audio-visual,musical,multi-audio",
    "speech": "speech*,spoken,voice*,asr,speaker*,utterance*,vocal*",
    "3d": "3d,point cloud*,point clouds,mesh,meshes,depth map*,lidar,voxel*,gaussian splatting,three-dimensional,rgb-d",
    "medical-image": "radiolog*,x-ray*,mri,ct scan*,ct scans,medical imag*,medical image*,medical vision*,patholog*,"
    "histopatholog*,"
    "ultrasound*,biomedical imag*,chest,medical visual,retinal,ophthalmolog*,dermatolog*,microscop*,"
    "medical multimodal,"
    "endoscop*,mammogra*,tomograph*,medical vlm*,medical lvlm*,medical ai,medical mllm*,medical "
    "imagery,clinical imag*,fundus",
    "time-series": "time series,time-series,eeg,ecg,physiological signal*,sensor data,fmri,electroencephalogra*,"
    "wearable*",
    "graph": "knowledge graph*,graph neural,graphs,molecular graph*,scene graph*,graph-based,graph learning,"
    "social network*",
    "tabular": "tabular,spreadsheet*,tables,electronic health records,ehr,structured records,demographic*",
    "action": "robot*,manipulation,embodied,locomotion,navigation,vision-language-action,vla,vlas,actuator*,"
    "gui agent*,policy learning",
    "other": "tactile,touch,olfact*,thermal,infrared,hyperspectral,protein*,genom*,single-cell,modalities "
    "such as,diverse modalities,"
    "arbitrary modalities,any modality,all modalities,haptic*,molecul*,radar,imu,smell",
}
"""Phrases that speak of a kind of data."""

_LEAST: dict[Modality, int] = {
    "text": 1, "image": 2, "video": 2, "audio": 2, "speech": 2, "3d": 1, "medical-image": 2, "time-series": 1,
    "graph": 2, "tabular": 2, "action": 2, "other": 2,
}  # fmt: skip
"""How often it must be spoken of; once can be an example."""

_LEXICON = Lexicon({str(kind): phrases for kind, phrases in _PHRASES.items()})
_PICTURES = Lexicon({"pictures": "image*,picture*,photo*,multi-image*,image-text,text-to-image"})
"""Still pictures; `visual` may mean video."""
