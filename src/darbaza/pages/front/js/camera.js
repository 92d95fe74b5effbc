// Webcam: a photograph of a person, or frames in which the server looks for a document.
//   <div class="camera" data-camera="photo|document" data-camera-input="#id_photo">
//     <button type="button" data-camera-start>…</button>
//     <video hidden muted playsinline></video>
//     <button type="button" data-camera-take hidden>…</button>
//     <img data-camera-shown hidden alt="…"> <p data-camera-trouble hidden>…</p>
//   </div>
import { give } from "./drop.js";

const EVERY = 900; // milliseconds between frames of a document
const FRAMES = 60; // then nobody holds a document before the camera any more

async function open(box) {
  const ideal = box.dataset.camera === "document" ? 1920 : 1280;
  const video = box.querySelector("video");
  video.srcObject = await navigator.mediaDevices.getUserMedia({
    video: { width: { ideal }, facingMode: box.dataset.camera === "document" ? "environment" : "user" },
    audio: false,
  });
  video.hidden = false;
  await video.play();
  return video;
}

/** A JPEG of what the camera sees now; photographs are cut to four by five. */
export async function frame(video, portrait) {
  const { videoWidth: w, videoHeight: h } = video;
  const width = portrait ? Math.min(w, Math.round(h * 0.8)) : w;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = h;
  canvas.getContext("2d").drawImage(video, (w - width) / 2, 0, width, h, 0, 0, width, h);
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.9); });
  return new File([blob], "camera.jpg", { type: "image/jpeg" });
}

function stop(box) {
  const video = box.querySelector("video");
  if (!video.srcObject) return;
  video.srcObject.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
  video.hidden = true;
}

function keep(box, file) {
  const input = document.querySelector(box.dataset.cameraInput);
  if (input) {
    const files = new DataTransfer();
    files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const shown = box.querySelector("[data-camera-shown]");
  if (!shown) return;
  if (shown.src) URL.revokeObjectURL(shown.src);
  shown.src = URL.createObjectURL(file);
  shown.hidden = false;
}

async function watch(box, video) {
  for (let taken = 0; video.srcObject && box.isConnected && taken < FRAMES;) {
    if (video.paused) await video.play(); // the page round it was drawn anew
    // One frame at a time: the next waits until the answer to this one is there.
    if (!document.querySelector(".htmx-request")) {
      taken += 1;
      give(await frame(video, false), "camera");
    }
    await new Promise((resolve) => { setTimeout(resolve, EVERY); });
  }
  stop(box);
}

async function begin(box) {
  const take = box.querySelector("[data-camera-take]");
  const trouble = box.querySelector("[data-camera-trouble]");
  if (trouble) trouble.hidden = true;
  try {
    const video = await open(box);
    if (box.dataset.camera === "document") watch(box, video);
    else if (take) {
      take.hidden = false;
      take.focus();
    }
  } catch {
    if (trouble) trouble.hidden = false;
  }
}

export function start() {
  // A frame that could not be read changes nothing; one that could ends the search.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!event.detail.requestConfig?.elt?.matches?.("form[data-image]")) return;
    document.querySelectorAll('.camera[data-camera="document"]').forEach(stop);
  });
  document.addEventListener("click", async (event) => {
    const box = event.target.closest?.(".camera");
    if (!box) return;
    if (event.target.closest("[data-camera-start]")) await begin(box);
    if (event.target.closest("[data-camera-stop]")) stop(box);
    const take = event.target.closest("[data-camera-take]");
    if (!take) return;
    keep(box, await frame(box.querySelector("video"), true));
    stop(box);
    take.hidden = true;
  });
}
