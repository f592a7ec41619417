// The API with everything in it to be tried: Swagger UI from its WebJar, so it works without internet.
// Requests go to this gateway, with this browser's cookie where there is one.

globalThis.SwaggerUIBundle({
  url: "v3/api-docs",
  dom_id: "#api",
  deepLinking: true,
  displayRequestDuration: true,
  validatorUrl: null,
});
