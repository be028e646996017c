using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Apps.Browser;

/// <summary>Chromium without a window, led by the WebDriver protocol, see w3.org/TR/webdriver2.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string ElementKey = "element-6066-11e4-a52e-4f735466cecf";

    private readonly RunningCommand _driver;
    private readonly HttpClient _http;
    private readonly TemporaryDirectory _profile = new();
    private string _session = "";

    private Chromium(RunningCommand driver, int port)
    {
        _driver = driver;
        // A page may take its time on a machine that is busy with other tests.
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromMinutes(1) };
    }

    public static async Task<Chromium> StartAsync(int width, int height)
    {
        Requirements.Program("chromium", "chromium");
        var port = FreePort.Find();
        var driver = Command.Of(Requirements.Program("chromedriver", "chromium-driver"), $"--port={port.ToString(CultureInfo.InvariantCulture)}").Start();
        var browser = new Chromium(driver, port);
        try
        {
            await browser.OpenAsync(width, height);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public Task VisitAsync(Uri page) => SendAsync("POST", $"session/{_session}/url", new JsonObject { ["url"] = page.AbsoluteUri });

    /// <summary>Clicks on the first element that the selector finds.</summary>
    public async Task ClickAsync(string selector) => await SendAsync("POST", $"session/{_session}/element/{await FindAsync(selector)}/click", []);

    /// <summary>What a person reads there. Asked in one step: between two the page may have drawn itself anew.</summary>
    public async Task<string> TextAsync(string selector)
    {
        var script = new JsonObject { ["script"] = "return document.querySelector(arguments[0])?.innerText ?? ''", ["args"] = new JsonArray(selector) };
        return (await SendAsync("POST", $"session/{_session}/execute/sync", script))?.GetValue<string>() ?? "";
    }

    /// <summary>Waits until a person reads the text there.</summary>
    public Task ReadsAsync(string selector, string text) =>
        Eventually.HoldsAsync(async () => (await TextAsync(selector)).Contains(text, StringComparison.Ordinal), $"{selector} shows {text}");

    /// <summary>The page as a PNG.</summary>
    public async Task<byte[]> ScreenshotAsync() =>
        Convert.FromBase64String((await SendAsync("GET", $"session/{_session}/screenshot"))?.GetValue<string>() ?? "");

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_session.Length > 0) await SendAsync("DELETE", $"session/{_session}");
        }
        finally
        {
            await ProcessList.SignalAsync(_driver.Pid, "TERM");
            await _driver.FinishAsync(Eventually.Patience);
            _http.Dispose();
            _profile.Dispose();
        }
    }

    private async Task OpenAsync(int width, int height)
    {
        await Eventually.HoldsAsync(IsReadyAsync, "chromedriver answers");
        // Tests run as root, whom Chromium's sandbox refuses; and /dev/shm is small in containers.
        JsonArray arguments = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars", "--no-proxy-server", $"--user-data-dir={_profile.Path}", $"--window-size={width},{height}"];
        var wanted = new JsonObject
        {
            ["capabilities"] = new JsonObject { ["alwaysMatch"] = new JsonObject { ["goog:chromeOptions"] = new JsonObject { ["args"] = arguments } } },
        };
        var opened = await SendAsync("POST", "session", wanted);
        _session = opened?["sessionId"]?.GetValue<string>() ?? throw new InvalidDataException($"no session: {opened}");
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_driver.HasExited) throw new InvalidOperationException($"chromedriver ended: {_driver.Stdout}{_driver.Stderr}");
        try
        {
            return (await SendAsync("GET", "status"))?["ready"]?.GetValue<bool>() is true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<string> FindAsync(string selector)
    {
        var found = await SendAsync("POST", $"session/{_session}/element", new JsonObject { ["using"] = "css selector", ["value"] = selector });
        return found?[ElementKey]?.GetValue<string>() ?? throw new InvalidDataException($"no element: {found}");
    }

    private async Task<JsonNode?> SendAsync(string method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        // chromedriver reads bodies by their length only.
        if (request.Content is { } content) await content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return response.IsSuccessStatusCode ? answer?["value"] : throw new InvalidOperationException($"{method} {path}: {answer?["value"]?["message"]}");
    }
}
