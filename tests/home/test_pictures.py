"""Pictures that people upload: half a file is refused with a sentence, and none tells where it was taken."""

from __future__ import annotations

import tracemalloc
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from wagtail.users.models import UserProfile

from exchange.home.images import DamagedPicture, prepared
from exchange.home.images.prepare import without_place
from exchange.home.models import CreditedImage
from foundation.accounts.constants import Role
from tests.factories.accounts import UserFactory
from tests.factories.learning import make_webinar

PLACE = b"Villarrica-39.2856"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><photoshop:City>' + PLACE + b"</photoshop:City></x:xmpmeta>"
KINDS = ["JPEG", "PNG", "WEBP", "AVIF"]
ON_ITS_SIDE = 6  # turn right by 90 degrees


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where uploaded files go."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def editor(client: Any, db: None) -> Any:
    """Signed in as an editor."""
    found = UserFactory(role=Role.EDITOR)
    client.force_login(found)
    return found


def profile() -> bytes:
    """A colour profile that is not the one that is assumed."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()


def photograph(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    """A picture as a telephone writes it: on its side, red at the left, with its place in every corner."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 3, size[1]))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = ON_ITS_SIDE
    exif[ExifTags.Base.Artist] = "Ana Soto"
    exif[ExifTags.Base.ImageDescription] = PLACE.decode()
    exif[ExifTags.IFD.GPSInfo] = {1: "S", 2: (39.0, 17.0, 8.0), 29: PLACE.decode()}
    fields: dict[str, Any] = {"exif": exif.tobytes(), "icc_profile": profile()}
    if kind == "PNG":
        texts = PngInfo()
        texts.add_text("Comment", PLACE.decode())
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
        fields["pnginfo"] = texts
    else:
        fields["xmp"] = XMP
    if kind == "JPEG":
        fields["comment"] = PLACE
    out = BytesIO()
    picture.save(out, kind, **fields, **more)
    film = b"ftypmp42" + PLACE if kind == "JPEG" else b""  # "motion photo"
    return out.getvalue() + film


def half(content: bytes) -> bytes:
    return content[: len(content) * 6 // 10]


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/" + name.rsplit(".", 1)[-1])


# Places --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_photograph_tells_no_place_and_looks_the_same(kind):
    before = photograph(kind)
    assert PLACE in before
    after = prepared(before)
    assert PLACE not in after
    with Image.open(BytesIO(before)) as old, Image.open(BytesIO(after)) as new:
        assert new.tobytes() == old.tobytes()
        assert new.info["icc_profile"] == old.info["icc_profile"]
        fields = new.getexif()
        assert fields.get_ifd(ExifTags.IFD.GPSInfo) == {}
        assert fields[ExifTags.Base.Orientation] == ON_ITS_SIDE
        if kind != "AVIF":
            assert fields[ExifTags.Base.Artist] == "Ana Soto"
    assert prepared(after) == after


@pytest.mark.parametrize("more", [{"progressive": True}, {"restart_marker_rows": 1}, {"optimize": True}])
def test_every_form_of_jpeg_keeps_its_picture(more):
    before = photograph(**more)
    after = prepared(before)
    assert PLACE not in after
    with Image.open(BytesIO(before)) as old, Image.open(BytesIO(after)) as new:
        assert new.tobytes() == old.tobytes()


def test_how_a_picture_is_turned_stays_where_only_xmp_says_so():
    out = BytesIO()
    turn = XMP.replace(b"</x:", b'<r tiff:Orientation="6"/></x:')
    Image.new("RGB", (6, 4)).save(out, "JPEG", xmp=turn)
    after = prepared(out.getvalue())
    assert PLACE not in after
    assert Image.open(BytesIO(after)).getexif()[ExifTags.Base.Orientation] == ON_ITS_SIDE


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_a_moving_picture_keeps_moving(kind):
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    out = BytesIO()
    more = {"comment": PLACE} if kind == "GIF" else {"xmp": XMP} if kind == "WEBP" else {}
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=50, loop=0, **more)
    assert (PLACE in out.getvalue()) is bool(more)
    after = prepared(out.getvalue())
    assert PLACE not in after
    with Image.open(BytesIO(after)) as new:
        assert new.n_frames == 3
        assert new.info["loop"] == 0


def test_a_drawing_stays_as_it_is():
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'
    assert prepared(drawing) == drawing


def test_neither_the_file_nor_its_sizes_tell_the_place(client, editor, folder):
    client.post(
        reverse("wagtailimages:add"),
        {"title": "A meeting", "file": upload(photograph(), "meeting.jpg"), "collection": "1"},
    )
    image = CreditedImage.objects.get()
    image.get_rendition("max-50x50")
    image.get_rendition("original")
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert len(files) >= 3
    for file in files:
        assert PLACE not in file.read_bytes(), file
    # Turned once, and not a second time by whoever shows it.
    shown = Image.open(image.get_rendition("max-50x50").file)
    assert shown.size == (33, 50)
    assert shown.getexif().get(ExifTags.Base.Orientation, 1) == 1
    red, _green, blue = shown.convert("RGB").getpixel((16, 4))
    assert red > 200
    assert blue < 80
    assert image.file_size == Path(image.file.path).stat().st_size


def test_a_file_that_a_program_brings_tells_no_place_either(db):
    image = CreditedImage(title="A meeting", file=ContentFile(photograph(), name="meeting.jpg"))
    image.save()
    assert PLACE not in image.file.read()
    assert (image.width, image.height) == (60, 40)
    with pytest.raises((DamagedPicture, OSError)):
        CreditedImage(
            title="Half", file=ContentFile(half(photograph(size=(600, 400))), name="half.jpg")
        ).save()


def stored_before(name: str = "old.jpg") -> CreditedImage:
    """An image as it lay there before the site took places out."""
    image = CreditedImage(title="Old", file=ContentFile(photograph(), name=name))
    image.save()
    image.file.storage.put(image.file.name, ContentFile(photograph()))
    CreditedImage.objects.update(is_prepared=False)
    return CreditedImage.objects.get()


def test_older_pictures_lose_their_place_too(db, folder, django_capture_on_commit_callbacks, caplog):
    image = stored_before()
    poster = make_webinar(poster=image)
    image.get_rendition("max-50x50")
    lost = CreditedImage.objects.create(title="Lost", file="original_images/lost.jpg", width=1, height=1)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("take_out_places")
    image = CreditedImage.objects.get(pk=image.pk)
    assert PLACE not in image.file.read()
    assert image.file_size == image.file.size
    assert not image.renditions.exists()
    assert [PLACE in file.read_bytes() for file in folder.rglob("*") if file.is_file()] == [False]
    assert poster.poster == image
    assert f"{lost.file.name} cannot be read" in caplog.text
    name = image.file.name
    call_command("take_out_places")
    assert CreditedImage.objects.get(pk=image.pk).file.name == name


def test_nothing_is_asked_of_the_storage_once_all_is_done(db, django_assert_num_queries):
    stored_before()
    call_command("take_out_places")
    with django_assert_num_queries(2):
        call_command("take_out_places")


# Half a picture ------------------------------------------------------------------------------------------


def halves(shared_data: Path) -> list[tuple[str, bytes]]:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><g>'
    found = [(kind.lower(), photograph(kind, size=(600, 400))) for kind in KINDS]
    gif = BytesIO()
    Image.effect_noise((300, 300), 90).save(gif, "GIF")
    found.append(("gif", gif.getvalue()))
    cut = [(f"half.{kind}", half(content)) for kind, content in found]
    heads = [(f"head.{kind}", content[:20]) for kind, content in found]
    field_case = (shared_data / "field-cases" / "truncated.png").read_bytes()
    return [*cut, *heads, ("truncated.png", field_case), ("half.svg", drawing), ("none.jpg", b"none")]


DOORS = {
    "one": ("wagtailimages:add", "file"),
    "several": ("wagtailimages:add_multiple", "files[]"),
    "chooser": ("wagtailimages_chooser:create", "image-chooser-upload-file"),
}


@pytest.mark.parametrize("door", DOORS)
def test_half_a_picture_is_refused_with_a_sentence(client, editor, shared_data, door):
    route, field = DOORS[door]
    for name, content in halves(shared_data):
        prefix = field.removesuffix("file")
        sent = {
            field: upload(content, name),
            f"{prefix}title": "Kept",
            "title": "Kept",
            "collection": "1",
            f"{prefix}collection": "1",
        }
        answer = client.post(reverse(route), sent, headers={"X-Requested-With": "XMLHttpRequest"})
        assert answer.status_code == 200, name
        assert "cannot be read to its end" in answer.text or "valid image" in answer.text, (name, answer.text)
        if door != "several":
            assert "Kept" in answer.text
    assert not CreditedImage.objects.exists()


def test_a_whole_picture_is_taken_at_every_door(client, editor):
    for number, (route, field) in enumerate(DOORS.values(), 1):
        prefix = field.removesuffix("file")
        sent = {
            field: upload(photograph("WEBP"), f"{number}.webp"),
            f"{prefix}title": "Whole",
            "title": "Whole",
            "collection": "1",
            f"{prefix}collection": "1",
        }
        client.post(reverse(route), sent, headers={"X-Requested-With": "XMLHttpRequest"})
        assert CreditedImage.objects.count() == number


def test_pages_stay_up_where_a_stored_picture_is_damaged(client, editor):
    image = stored_before()
    whole = image.file.read()
    Path(image.file.path).write_bytes(whole[: len(whole) // 3])
    page = make_webinar(poster=image)
    assert client.get(reverse("wagtailimages:index")).status_code == 200
    assert client.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200
    assert client.get(page.get_url()).status_code == 200


def test_a_large_picture_is_looked_through_in_little_memory():
    out = BytesIO()
    Image.effect_noise((6000, 4000), 60).save(out, "JPEG", quality=60)
    content = out.getvalue()
    tracemalloc.start()
    prepared(content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * len(content)
    with pytest.raises(DamagedPicture):
        prepared(content[: len(content) * 9 // 10])


def test_a_picture_of_too_many_pixels_is_refused(client, editor):
    out = BytesIO()
    Image.new("1", (10_000, 6_000)).save(out, "PNG")
    answer = client.post(
        reverse("wagtailimages:add"), {"title": "x", "file": upload(out.getvalue(), "x.png")}
    )
    assert "too many pixels (60000000)" in answer.text
    assert not CreditedImage.objects.exists()
    with pytest.raises(DamagedPicture):
        prepared(out.getvalue())
    assert without_place(out.getvalue())


# Faces of editors ----------------------------------------------------------------------------------------


NAMED = {"name": "Ana Soto"}


def account(file: SimpleUploadedFile, user: Any) -> dict[str, Any]:
    look = {"theme": "system", "contrast": "system", "density": "default", "keyboard_shortcuts": "on"}
    return {
        "avatar-avatar": file,
        **{f"name_email-{name}": value for name, value in NAMED.items()},
        "name_email-email": user.email,
        **{f"theme-{name}": value for name, value in look.items()},
    }


@pytest.mark.parametrize(("size", "shown"), [((60, 40), (60, 40)), ((900, 600), (267, 400))])
def test_the_face_of_an_editor_tells_no_place(client, editor, size, shown):
    client.post(reverse("wagtailadmin_account"), account(upload(photograph(size=size), "me.jpg"), editor))
    face = UserProfile.objects.get(user=editor).avatar
    content = face.read()
    assert PLACE not in content
    assert Image.open(BytesIO(content)).size == shown
    call_command("take_out_places")
    assert UserProfile.objects.get(user=editor).avatar.name == face.name


def test_half_a_face_is_refused_with_a_sentence(client, editor):
    sent = account(upload(half(photograph(size=(900, 600))), "me.jpg"), editor)
    answer = client.post(reverse("wagtailadmin_account"), sent)
    assert answer.status_code == 200
    assert "cannot be read to its end" in answer.text
    assert not UserProfile.objects.get(user=editor).avatar


def test_older_faces_lose_their_place(db, folder):
    user = UserFactory(role=Role.EDITOR)
    profile = UserProfile.get_for_user(user)
    profile.avatar.save("me.jpg", ContentFile(photograph()))
    call_command("take_out_places")
    profile.refresh_from_db()
    assert PLACE not in profile.avatar.read()
    assert len([file for file in folder.rglob("*") if file.is_file()]) == 1
