// A page that says so follows the event stream and takes over what the service renders anew. Nothing here is needed to
// read it: without a stream it is a page as of its loading.

const follows = document.querySelector("[data-live]");
const KINDS = ["artifact.created", "artifact.updated", "artifact.deleted", "execution.changed"];
const NOT_OFTENER_THAN = 1000;
// Seals and the like follow a moment after what they tell of, and make no event.
const ONE_MORE_LOOK = 5000;
const TRY_AGAIN = 10000;

let stream;
let next;
let later;
let fetching = false;
let over = false;
let askedAt = 0;
let knownAt = performance.timeOrigin;

// Rows and entries of lists are known by their first link, so that a new one on top moves none.
const keyOf = (node) =>
  node.nodeName === "TR" || node.nodeName === "LI" ? (node.querySelector("a[href]")?.getAttribute("href") ?? "") : "";

// Makes a node equal to a fresh one and touches what differs only: pictures stay, folds stay as they are, focus stays.
function merge(old, fresh) {
  if (old === follows || old.isEqualNode(fresh)) return;
  if (old.nodeName !== fresh.nodeName) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.data = fresh.data;
    return;
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    const ofThePerson = name === "open" && old.nodeName === "DETAILS";
    if (!fresh.hasAttribute(name) && !ofThePerson) old.removeAttribute(name);
  }
  mergeChildren(old, fresh);
}

function mergeChildren(old, fresh) {
  const known = new Map();
  for (const child of old.children) {
    if (keyOf(child)) known.set(keyOf(child), child);
  }
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const key = keyOf(child);
    const same = known.get(key);
    if (same) {
      known.delete(key);
      if (same === place) place = place.nextSibling;
      else old.insertBefore(same, place);
      merge(same, child);
    } else if (place && !key && !keyOf(place) && place.nodeName === child.nodeName) {
      const match = place;
      place = place.nextSibling;
      merge(match, child);
    } else {
      old.insertBefore(child, place);
    }
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
}

function say(words) {
  follows.textContent = words;
  follows.hidden = !words;
}

function lost(why) {
  say(`${why} This is what was known at ${new Date(knownAt).toLocaleTimeString()} your time.`);
}

async function look() {
  fetching = true;
  askedAt = Date.now();
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (new URL(answer.url).pathname !== location.pathname) {
      over = true;
      leave();
      lost("You are logged out.");
    } else if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
      enhance(fresh);
      merge(document.getElementById("main"), fresh);
      knownAt = askedAt;
      if (!stream && !document.hidden) lost("The connection is lost.");
    } else {
      lookLater();
    }
  } catch {
    // The stream has lost its connection too, and says so.
  }
  fetching = false;
}

// However much happens: one look at a time, at most one a second.
function soon() {
  if (next || !stream) return;
  next = setTimeout(
    () => {
      next = undefined;
      if (fetching) soon();
      else look();
    },
    Math.max(fetching ? NOT_OFTENER_THAN : 0, askedAt + NOT_OFTENER_THAN - Date.now()),
  );
}

function happened() {
  soon();
  lookLater();
}

function lookLater() {
  clearTimeout(later);
  later = setTimeout(soon, ONE_MORE_LOOK);
}

function listen() {
  if (stream || over || document.hidden) return;
  stream = new EventSource(follows.dataset.live);
  // What happened before the stream began is on no stream.
  stream.onopen = () => {
    say("");
    soon();
  };
  stream.onerror = () => {
    lost("The connection is lost.");
    // The browser comes back by itself, but not when it was turned away.
    if (stream.readyState === EventSource.CLOSED) {
      leave();
      if (!fetching) look();
      setTimeout(listen, TRY_AGAIN);
    }
  };
  for (const kind of KINDS) stream.addEventListener(kind, happened);
}

function leave() {
  stream?.close();
  stream = undefined;
  clearTimeout(next);
  clearTimeout(later);
  next = later = undefined;
}

if (follows) {
  // Browsers keep six connections to one service: a page that nobody sees gives its one back.
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : listen()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  listen();
}
