using System.Net.Sockets;
using System.Text;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Functional.Registry;

public sealed class HostileClientTests
{
    private static readonly byte[] Blob = Content.Random(3_000_000);
    private static readonly string Digest = Content.Digest(Blob);

    [Fact]
    public async Task Push_CutAtRandomOffsets_GoesOnWhereItWas()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var upload = await registry.BeginUploadAsync("a");
        var random = new Random(4);
        var sent = 0;
        for (var cut = 0; cut < 50; cut++)
        {
            await CutAsync(registry, $"PATCH {upload}", Blob, sent, Math.Min(sent + random.Next(1, 60_000), Blob.Length));
            sent = await ProgressAsync(registry, upload, sent);
        }

        Assert.InRange(sent, 1, Blob.Length);
        Assert.Equal(201, (await registry.SendAsync(HttpMethod.Put, $"{upload}?digest={Digest}", Blob.AsMemory(sent))).Status);
        Assert.Equal(Blob, (await registry.GetAsync($"/v2/a/blobs/{Digest}")).Body);
    }

    [Fact]
    public async Task Push_WhoseConnectionHangs_IsTakenOver()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var upload = await registry.BeginUploadAsync("a");
        using var hanging = await ConnectAsync(registry);
        await SendHeadAsync(hanging, $"PATCH {upload}", Blob.Length);
        await hanging.SendAsync(Blob.AsMemory(0, 1_000_000), TestContext.Current.CancellationToken);

        var data = Path.Combine(Directory.EnumerateDirectories(Path.Combine(registry.Data, "uploads")).Single(), "data");
        await Eventually.HoldsAsync(() => File.Exists(data) && new FileInfo(data).Length > 0, "some has come");

        // The client has a new connection, and the server does not know yet that the old one is dead.
        var sent = await ProgressAsync(registry, upload, 0);
        Assert.Equal("", await ReadAsync(hanging));
        var status = (await registry.SendAsync(HttpMethod.Patch, upload, Blob.AsMemory(sent))).Status;

        Assert.Equal(202, status);
        Assert.Equal(201, (await registry.SendAsync(HttpMethod.Put, $"{upload}?digest={Digest}", ReadOnlyMemory<byte>.Empty)).Status);
    }

    [Fact]
    public async Task Push_InOneRequestThatIsCut_LeavesNothing()
    {
        await using var registry = await RunningRegistry.StartAsync();

        await CutAsync(registry, $"POST /v2/a/blobs/uploads/?digest={Digest}", Blob, 0, 1_000_000);

        await Eventually.HoldsAsync(() => !Directory.EnumerateFileSystemEntries(Path.Combine(registry.Data, "uploads")).Any(), "the upload is removed");
        Assert.Equal(404, (await registry.GetAsync($"/v2/a/blobs/{Digest}")).Status);
    }

    [Fact]
    public async Task Manifest_ThatIsCut_IsNotThere()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var manifest = await registry.PushImageAsync("a", "latest");

        await CutAsync(registry, "PUT /v2/a/manifests/cut", manifest, 0, manifest.Length - 1);

        Assert.Equal(404, (await registry.GetAsync("/v2/a/manifests/cut")).Status);
    }

    [Fact]
    public async Task Pull_CutAtRandomOffsets_GoesOnByRange()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PushBlobAsync("a", Blob);
        var random = new Random(5);
        var received = new MemoryStream();
        while (received.Length < Blob.Length)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v2/a/blobs/{Digest}");
            request.Headers.Range = new(received.Length, null);
            using var response = await registry.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal(206, (int)response.StatusCode);
            await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            var part = new byte[random.Next(1, 60_000)];
            var count = await body.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, TestContext.Current.CancellationToken);
            received.Write(part, 0, count);
        }

        Assert.Equal(Blob, received.ToArray());
    }

    [Fact]
    public async Task Head_ThatNeverEnds_IsNotWaitedFor()
    {
        await using var registry = await RunningRegistry.StartAsync();
        using var socket = await ConnectAsync(registry);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /v2/ HTTP/1.1\r\nHost: x\r\nX: {new string('a', 40_000)}"), TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 431", await ReadAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_SlowerThanAnyNetwork_IsCut()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var upload = await registry.BeginUploadAsync("a");
        using var socket = await ConnectAsync(registry);
        await SendHeadAsync(socket, $"PATCH {upload}", Blob.Length);
        await socket.SendAsync(Blob.AsMemory(0, 10), TestContext.Current.CancellationToken);

        // Twenty seconds of grace, then it would have to be a thousand bytes a second.
        Assert.StartsWith("HTTP/1.1 408", await ReadAsync(socket), StringComparison.Ordinal);
        Assert.Equal(204, (await registry.GetAsync(upload)).Status);
    }

    [Theory]
    [InlineData("PATCH", 2_900_000)]
    [InlineData("PUT", 10)]
    public async Task Body_ThatStops_IsGivenUpThoughMuchHasCome(string method, int sent)
    {
        await using var registry = await RunningRegistry.StartAsync(options => options with { SilenceTimeout = TimeSpan.FromMilliseconds(300) });
        var upload = await registry.BeginUploadAsync("a");
        using var socket = await ConnectAsync(registry);
        await SendHeadAsync(socket, method == "PUT" ? "PUT /v2/a/manifests/latest" : $"PATCH {upload}", Blob.Length);
        await socket.SendAsync(Blob.AsMemory(0, sent), TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 408", await ReadAsync(socket), StringComparison.Ordinal);

        Assert.Equal(method == "PUT" ? "0-0" : $"0-{sent - 1}", (await registry.GetAsync(upload))["Range"]);
    }

    [Fact]
    public async Task Length_ThatIsALie_IsFoundOut()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var upload = await registry.BeginUploadAsync("a");
        using var socket = await ConnectAsync(registry);
        await SendHeadAsync(socket, $"PATCH {upload}", 100);
        await socket.SendAsync(new byte[100], TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes("more\r\n\r\n"), TestContext.Current.CancellationToken);

        var answer = await ReadAsync(socket);

        Assert.StartsWith("HTTP/1.1 202", answer, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Equal("0-99", (await registry.GetAsync(upload))["Range"]);
    }

    private static async Task<int> ProgressAsync(RunningRegistry registry, string upload, int atLeast)
    {
        var range = (await registry.GetAsync(upload))["Range"] ?? "";
        var end = int.Parse(range.Split('-')[1]);
        return Math.Max(atLeast, end == 0 ? 0 : end + 1);
    }

    /// <summary>Promises a body to its end, sends a part of it and hangs up; returns when the server has noticed.</summary>
    private static async Task CutAsync(RunningRegistry registry, string request, byte[] body, int start, int end)
    {
        using var socket = await ConnectAsync(registry);
        await SendHeadAsync(socket, request, body.Length - start);
        await socket.SendAsync(body.AsMemory(start, end - start), TestContext.Current.CancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        await ReadAsync(socket);
    }

    private static async Task<Socket> ConnectAsync(RunningRegistry registry)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", registry.Port, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task SendHeadAsync(Socket socket, string request, int length) =>
        await socket.SendAsync(Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nHost: x\r\nContent-Type: application/vnd.oci.image.manifest.v1+json\r\nContent-Length: {length}\r\n\r\n"), TestContext.Current.CancellationToken);

    private static async Task<string> ReadAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var count)
                text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        catch (SocketException)
        {
            // Reset: the server had unread bytes of ours when it closed.
        }
        return text.ToString();
    }
}
