"""Rebuild the media files of the demo: drawings and recorded webinars.

Only a developer who changes a drawing or a script runs this; the results are committed, so that
nobody needs the tools below to run the site. From the root of the checkout:

    python site/exchange/demo/make_media.py [drawings] [name of a script …]

Needs on the path: chromium (renders SVG and slides) and ffmpeg built with flite (speaks), vpx and
opus, as Debian ships them; from Python: Pillow and PyYAML. Reads `media/drawings/*.svg` and
`media/scripts/*.yaml`; writes `media/*` and `data/learning/webinar-*.yaml`.

Each sentence is spoken on its own and its length measured in samples, so that captions and
chapters fit the speech to the millisecond.
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
import tempfile
import wave
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

DEMO = Path(__file__).resolve().parent
MEDIA = DEMO / "media"
DATA = DEMO / "data" / "learning"

WIDTH, HEIGHT = 854, 480  # pixels of the recordings
FRAMES = 5  # a second; the pictures stand still, only the speaker's frame changes
RATE = 16_000  # samples a second, what the voices give
LEAD, GAP, TURN, TAIL = 0.6, 0.35, 1.1, 1.5  # silence in seconds: start, between sentences, new slide, end

Script = Mapping[str, Any]


@dataclass(frozen=True)
class Cue:
    """One spoken sentence: where it is in the recording (seconds) and what it says in each language."""

    slide: int
    speaker: str
    start: float
    end: float
    texts: Mapping[str, str]
    samples: bytes


def run(*command: str | Path) -> None:
    """Run a tool and stop with its own words if it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stderr[-2000:]}")


# Drawings


def screenshot(page: Path, target: Path, width: int, height: int) -> None:
    """Photograph an HTML or SVG file with headless Chromium."""
    run(
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--window-size={width},{height}",
        f"--screenshot={target}",
        page.as_uri(),
    )


def make_drawings() -> None:
    """Turn every SVG drawing into a PNG of 1,200 pixels with at most 64 colours."""
    for source in sorted((MEDIA / "drawings").glob("*.svg")):
        size = re.search(r'width="(\d+)" height="(\d+)"', source.read_text())
        if size is None:
            sys.exit(f"{source.name} does not say its width and height")
        target = MEDIA / f"{source.stem}.png"
        # Chromium cuts the last rows of a window that is exactly as high as the page.
        width, height = int(size[1]), int(size[2])
        screenshot(source, target, width, height + 120)
        with Image.open(target) as picture:
            cut = picture.convert("RGB").crop((0, 0, width, height))
        cut.quantize(64).save(target, optimize=True)
        print(f"{target.name}: {target.stat().st_size // 1024} KB")


# Speech


def speak(text: str, speaker: Mapping[str, Any], folder: Path) -> bytes:
    """Say one sentence and return its samples (16 bit, mono, RATE), without the silence at its ends.

    A speaker has a `voice` of flite and may have a `pitch` (1 = as the voice is), so that two
    people can share one voice and still be told apart.
    """
    said, heard = folder / "say.txt", folder / "say.wav"
    # The voices stumble over typographic quotes and read “edit-a-thon” as letters.
    plain = text.replace("’", "'").replace("“", "").replace("”", "").replace("edit-a-thon", "edit a thon")
    said.write_text(plain)
    trim = "silenceremove=start_periods=1:start_threshold=-45dB"
    pitch = speaker.get("pitch", 1)
    lower = f"asetrate={RATE * pitch:.0f},aresample={RATE},atempo={1 / pitch:.4f}"
    run(
        *(
            "ffmpeg",
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            f"flite=textfile={said}:voice={speaker['voice']}",
        ),
        *("-af", f"{trim},areverse,{trim},areverse,{lower}", "-ar", str(RATE), "-ac", "1", heard),
    )
    with wave.open(str(heard)) as sound:
        return sound.readframes(sound.getnframes())


def make_cues(script: Script, folder: Path) -> list[Cue]:
    """Speak the whole script and lay the sentences one after another."""
    cues: list[Cue] = []
    now = LEAD
    for number, slide in enumerate(script["slides"]):
        now += TURN - GAP if number else 0
        for line in slide["cues"]:
            texts = {language: text for language, text in line.items() if language != "by"}
            samples = speak(texts["en"], script["speakers"][line["by"]], folder)
            end = now + len(samples) / 2 / RATE
            cues.append(Cue(number, line["by"], round(now, 3), round(end, 3), texts, samples))
            now = end + GAP
    return cues


def write_sound(cues: list[Cue], target: Path) -> float:
    """Write one WAV file with every sentence at its place; return its length in seconds."""
    length = cues[-1].end + TAIL
    track = bytearray(2 * round(length * RATE))
    for cue in cues:
        place = 2 * round(cue.start * RATE)
        track[place : place + len(cue.samples)] = cue.samples
    with wave.open(str(target), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(bytes(track))
    return length


# Slides

STYLE = """
@page { size: 854px 480px; margin: 0 }
* { box-sizing: border-box } body { margin: 0; font: 19px/1.4 "Noto Sans", sans-serif }
.frame { width: 854px; height: 480px; background: GROUND; position: relative; overflow: hidden;
  break-after: page; -webkit-print-color-adjust: exact }
.slide { position: absolute; left: 40px; top: 44px; width: 590px; height: 392px; background: PAPER;
  border-radius: 5px; padding: 42px 44px; color: #241f2b }
h1 { font: 400 34px/1.2 "Linux Libertine O", "Noto Serif", serif; margin: 0 0 22px }
.first h1 { font-size: 44px; margin-top: 30px } ul { margin: 0; padding: 0; list-style: none }
li { padding: 5px 0 5px 24px; position: relative }
li::before { content: ""; position: absolute; left: 0; top: 15px;
  width: 9px; height: 9px; background: #3366cc }
.who { position: absolute; left: 654px; width: 160px; height: 186px; border-radius: 5px; background: #d5deea;
  overflow: hidden; border: 4px solid transparent } .who.b { background: #c8b1c9 }
.who svg { position: absolute; inset: 0 } .on { border-color: #fff }
.who span { position: absolute; left: 0; right: 0; bottom: 0; background: rgba(20,20,24,.82); color: #fff;
  font-size: 13px; padding: 3px 8px }
"""
FIGURE = (
    '<svg viewBox="0 0 152 178"><circle cx="76" cy="66" r="32" fill="{0}"/>'
    '<path d="M14 178c0-50 26-70 62-70s62 20 62 70z" fill="{0}"/></svg>'
)


def frame(script: Script, number: int, active: str) -> str:
    """HTML of one slide with the two speakers beside it, the active one framed."""
    slide = script["slides"][number]
    points = "".join(f"<li>{html.escape(point)}</li>" for point in slide["points"])
    people = ""
    for place, (key, person) in enumerate(script["speakers"].items()):
        css = ("who", "b" if place else "", "on" if key == active else "")
        colour = ("#a3b7d4", "#e4d5e2")[place]
        people += (
            f'<div class="{" ".join(css)}" style="top:{44 + place * 206}px">{FIGURE.format(colour)}'
            f"<span>{html.escape(person['name'])}</span></div>"
        )
    first = "" if slide["points"] else " first"
    return (
        f'<div class="frame"><div class="slide{first}"><h1>{html.escape(slide["title"])}</h1>'
        f"<ul>{points}</ul></div>{people}</div>"
    )


def page(script: Script, *frames: str) -> str:
    """A whole HTML page with the given frames below each other."""
    style = STYLE.replace("GROUND", script["ground"]).replace("PAPER", script["paper"])
    title = html.escape(script["slides"][0]["title"])
    head = f'<meta charset="utf-8"><title>{title}</title><style>{style}</style>'
    return f'<!doctype html><html lang="en">{head}{"".join(frames)}'


def make_pictures(script: Script, cues: list[Cue], length: float, folder: Path) -> Path:
    """Photograph each slide with each speaker who talks on it; return ffmpeg's list of them."""
    lines = []
    turns = [list(group) for _, group in groupby(cues, key=lambda cue: (cue.slide, cue.speaker))]
    starts = [0.0] + [turn[0].start - (GAP / 2) for turn in turns[1:]] + [length]
    for turn, (start, end) in zip(turns, pairwise(starts), strict=True):
        picture = folder / f"{turn[0].slide}-{turn[0].speaker}.png"
        if not picture.exists():
            source = picture.with_suffix(".html")
            source.write_text(page(script, frame(script, turn[0].slide, turn[0].speaker)))
            screenshot(source, picture, WIDTH, HEIGHT + 120)
            with Image.open(picture) as shot:
                shot.convert("RGB").crop((0, 0, WIDTH, HEIGHT)).save(picture)
        lines.append(f"file '{picture}'\nduration {end - start:.3f}")
    # The concat demuxer ignores the last duration unless the picture is named once more.
    lines.append(f"file '{picture}'")
    listing = folder / "pictures.txt"
    listing.write_text("\n".join(lines))
    return listing


# Captions


def timestamp(seconds: float) -> str:
    """Seconds as a WebVTT timestamp."""
    thousandths = round(seconds * 1000)
    return (
        f"{thousandths // 3_600_000:02}:{thousandths // 60_000 % 60:02}:"
        f"{thousandths // 1000 % 60:02}.{thousandths % 1000:03}"
    )


def wrapped(text: str) -> str:
    """Break a caption longer than 46 characters near its middle, at a space."""
    if len(text) <= 46:
        return text
    spaces = [place for place, letter in enumerate(text) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(text) / 2))
    return f"{text[:middle]}\n{text[middle + 1 :]}"


def captions(script: Script, cues: list[Cue], language: str) -> str:
    """The WebVTT file of one language, each sentence with the name of who says it."""
    blocks = ["WEBVTT"]
    for number, cue in enumerate(cues, start=1):
        name = script["speakers"][cue.speaker]["name"]
        text = wrapped(html.escape(cue.texts[language], quote=False))
        blocks.append(f"{number}\n{timestamp(cue.start)} --> {timestamp(cue.end)}\n<v {name}>{text}")
    return "\n\n".join(blocks) + "\n"


# The recording as a whole


class Folded(yaml.SafeDumper):
    """Writes long strings of HTML as literal blocks, which people can read."""


def literal(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Represent a string of several lines as a literal block."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


Folded.add_representer(str, literal)


def chapters(script: Script, cues: list[Cue], language: str) -> Iterator[dict[str, Any]]:
    """Start (seconds) and title of each chapter: a slide begins one."""
    for number, slide in enumerate(script["slides"]):
        first = next(cue for cue in cues if cue.slide == number)
        yield {"start": first.start if number else 0.0, "title": slide["chapter"][language]}


def write_page(script: Script, cues: list[Cue], length: float) -> None:
    """Write the data file that the loader reads."""
    told = dict(script["page"])
    slug, languages = told["slug"], told.pop("languages")
    told["speakers"] = [
        {"person": person["person"], "name": person["name"]} for person in script["speakers"].values()
    ]
    told["media"] = {
        "video": f"{slug}.webm",
        "audio": f"{slug}.ogg",
        "poster": f"{slug}.png",
        "slides": f"{slug}.pdf",
        "width": WIDTH,
        "height": HEIGHT,
        "seconds": round(length, 3),
    }
    told["languages"] = {
        language: {
            **texts,
            "chapters": list(chapters(script, cues, language)),
            "captions": f"{slug}.{language}.vtt",
        }
        for language, texts in languages.items()
    }
    written = yaml.dump(told, Dumper=Folded, allow_unicode=True, sort_keys=False, width=110)
    target = DATA / f"webinar-{slug}.yaml"
    notice = f"# Written by make_media.py from media/scripts/{slug}.yaml. Change it there."
    target.write_text(f"{notice}\n{written}")


def make_video(listing: Path, sound: Path, length: float, target: Path) -> None:
    """Join pictures and speech into a WebM (VP9, Opus), and write the speech alone beside it."""
    louder = ("-af", "loudnorm=I=-18:TP=-2,aresample=48000", "-c:a", "libopus", "-b:a", "28k", "-ac", "1")
    pictures = ("-f", "concat", "-safe", "0", "-i", listing)
    still = ("-c:v", "libvpx-vp9", "-crf", "34", "-b:v", "0", "-g", str(FRAMES * 5), "-cpu-used", "2")
    run(
        *("ffmpeg", "-v", "error", "-y", *pictures, "-i", sound, "-t", f"{length:.3f}"),
        *("-vf", f"fps={FRAMES},format=yuv420p", *still, *louder, target),
    )
    run("ffmpeg", "-v", "error", "-y", "-i", sound, *louder, target.with_suffix(".ogg"))


def make_deck(script: Script, folder: Path, target: Path) -> None:
    """Print the slides to a PDF, one a page."""
    deck = folder / "deck.html"
    deck.write_text(page(script, *(frame(script, number, "") for number in range(len(script["slides"])))))
    chromium = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    run(*chromium, f"--print-to-pdf={target}", deck.as_uri())


def make_webinar(slug: str) -> None:
    """Make everything one webinar needs from its script."""
    script: Script = yaml.safe_load((MEDIA / "scripts" / f"{slug}.yaml").read_text())
    video = MEDIA / f"{slug}.webm"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cues = make_cues(script, folder)
        sound = folder / "track.wav"
        length = write_sound(cues, sound)
        make_video(make_pictures(script, cues, length, folder), sound, length, video)
        with Image.open(folder / f"0-{cues[0].speaker}.png") as poster:
            poster.quantize(64).save(video.with_suffix(".png"), optimize=True)
        make_deck(script, folder, video.with_suffix(".pdf"))
    for language in script["page"]["languages"]:
        (MEDIA / f"{slug}.{language}.vtt").write_text(captions(script, cues, language))
    write_page(script, cues, length)
    print(f"{slug}: {length:.0f} s, {video.stat().st_size // 1024} KB")


def main(wanted: list[str]) -> None:
    """Make what is named on the command line, or everything."""
    DATA.mkdir(parents=True, exist_ok=True)
    if not wanted or "drawings" in wanted:
        make_drawings()
    for source in sorted((MEDIA / "scripts").glob("*.yaml")):
        if not wanted or source.stem in wanted:
            make_webinar(source.stem)


if __name__ == "__main__":
    main(sys.argv[1:])
