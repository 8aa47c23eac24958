package myriad.results.report.html;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium with one page, driven by the DevTools protocol. Not for several threads. */
final class Browser {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger nextId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final WebSocket socket;
  private final String session;

  static Optional<Path> executable() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .map(name -> Path.of("/usr/bin", name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Browser(Path executable, Path profile) throws Exception {
    process =
        new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    List<String> port = awaitPort(profile.resolve("DevToolsActivePort"));
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port.get(0) + port.get(1)), new Listener())
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    String target =
        call("", "Target.createTarget", Map.of("url", "about:blank")).path("targetId").asString();
    session =
        call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asString();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  private List<String> awaitPort(Path file) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() == 2) {
          return lines;
        }
      }
      Thread.sleep(20);
    }
    throw new IOException("Chromium did not open its DevTools port");
  }

  JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    return call(session, method, parameters);
  }

  private JsonNode call(String session, String method, Map<String, ?> parameters) throws Exception {
    int id = nextId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    Map<String, ?> message =
        session.isEmpty()
            ? Map.of("id", id, "method", method, "params", parameters)
            : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
    socket
        .sendText(JSON.writeValueAsString(message), true)
        .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    JsonNode node = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (node.has("error")) {
      throw new IOException(method + ": " + node.path("error"));
    }
    return node.path("result");
  }

  /** The value of an expression in the page; a promise is awaited. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(expression + ": " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  void show(int width, int height, String colourScheme) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colourScheme))));
  }

  void open(Path file) throws Exception {
    complaints.clear();
    requests.clear();
    call("Page.navigate", Map.of("url", file.toUri().toString()));
  }

  /** Waits until an expression in the page is true; fails as soon as the page complains. */
  void await(String expression) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!evaluate(expression).asBoolean(false)) {
      if (System.nanoTime() > deadline || !complaints.isEmpty()) {
        throw new AssertionError("not true in the page: " + expression + "; " + complaints);
      }
      Thread.sleep(20);
    }
  }

  /** The whole page as PNG. */
  void screenshot(Path file) throws Exception {
    JsonNode shot =
        call("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "format", "png"));
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(shot.path("data").asString()));
  }

  /** The page as it is printed on A4, as PDF. */
  byte[] print() throws Exception {
    JsonNode printed = call("Page.printToPDF", Map.of("paperWidth", 8.27, "paperHeight", 11.69));
    return Base64.getDecoder().decode(printed.path("data").asString());
  }

  /** What the page complained of on its console, exceptions and refusals of the policy included. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** The addresses that were asked for since {@link #open}. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  void close() throws Exception {
    socket.abort();
    client.shutdownNow();
    List<ProcessHandle> family = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    family.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle child : family) {
      child.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonNode message = JSON.readTree(text.toString());
        text.setLength(0);
        receive(message);
      }
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void receive(JsonNode message) {
      JsonNode parameters = message.path("params");
      switch (message.path("method").asString("")) {
        case "" -> {
          CompletableFuture<JsonNode> answer = answers.remove(message.path("id").intValue());
          if (answer != null) {
            answer.complete(message);
          }
        }
        case "Runtime.exceptionThrown" ->
            complaints.add(parameters.at("/exceptionDetails/exception/description").asString());
        case "Runtime.consoleAPICalled" -> complaints.add(parameters.path("args").toString());
        case "Log.entryAdded" -> complaints.add(parameters.path("entry").toString());
        case "Network.requestWillBeSent" ->
            requests.add(parameters.path("request").path("url").asString());
        default -> {
          // Nothing else says whether the page is well.
        }
      }
    }
  }
}
