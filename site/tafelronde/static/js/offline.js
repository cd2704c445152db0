// Lets the browser keep one page for when the line is away (templates/worker.js); without it everything works the same.
navigator.serviceWorker?.register("/worker.js").catch(() => {});
