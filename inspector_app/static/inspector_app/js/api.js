// Requests to the engine. Whatever goes wrong comes back as an ApiError with the engine's sentence.

export class ApiError extends Error {
  constructor({ code, message, hint = "", field = null, choices = [] }) {
    super(message);
    Object.assign(this, { code, hint, field, choices });
  }
}

const unreachable = {
  code: "unreachable",
  message: "The engine does not answer.",
  hint: "Try again in a moment; the status bar says when it is ready.",
};

function csrfToken() {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  return found ? found.slice("csrftoken=".length) : "";
}

async function request(url, options, as = "json") {
  let response;
  try {
    response = await fetch(url, options);
  } catch {
    throw new ApiError(unreachable);
  }
  const body = await response[as]().catch(() => ({}));
  if (!response.ok) throw new ApiError(body.error ?? unreachable);
  return body;
}

export const get = (url) => request(url, {});
export const getText = (url) => request(url, {}, "text");

export const post = (url, data = {}) =>
  request(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
    body: JSON.stringify(data),
  });
