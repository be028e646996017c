using System.Text;
using Boreal.Linux.Syscalls;
using Boreal.Oci.Content;
using Boreal.Registry;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Waiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Linux.Registry;

public sealed class DiskFullTests : IAsyncLifetime
{
    private const int DiskSize = 4 << 20;

    private readonly TemporaryDirectory _folder = new();
    private RegistryApplication? _registry;

    private RegistryApplication Registry => _registry ?? throw new InvalidOperationException("not started");

    public ValueTask InitializeAsync()
    {
        Requirements.Root();
        Mount.Attach("tmpfs", _folder.Path, "tmpfs", MountFlags.None, $"size={DiskSize}");
        _registry = new RegistryApplication(
            new RegistryOptions { DataRoot = _folder.Path, CollectionGrace = TimeSpan.Zero }, TimeProvider.System, NullLogger<RegistryApplication>.Instance);
        _registry.Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        Mount.Detach(_folder.Path, UnmountFlags.Detach);
        _folder.Dispose();
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    public async Task Push_OnAFullDisk_SaysSoAndGivesTheRoomBack(string method)
    {
        var free = Free();
        var blob = new byte[DiskSize + 1000];
        var path = "/v2/a/blobs/uploads/";
        if (method != "POST")
            path = (await SendAsync("POST", path)).Headers.Location.ToString();

        var answer = await SendAsync(method, $"{path}?digest={Digest.OfSha256(blob)}", blob);

        Assert.Equal(507, answer.StatusCode);
        Assert.Contains("no space left on the registry's disk", TextOf(answer), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder.Path, "uploads")));
        // A program that another test starts holds every file of this process for the moment before its own code runs.
        await Eventually.HoldsAsync(() => Free() >= free - 100_000, "the room is given back");
        await PushAsync(new byte[1000]);
    }

    [Fact]
    public async Task Manifest_OnAFullDisk_IsNotThereAndTheOldOnesAre()
    {
        var config = await PushAsync("{}"u8.ToArray());
        Assert.Equal(201, (await SendAsync("PUT", "/v2/a/manifests/before", Manifest(config, "1"))).StatusCode);
        await FillAsync();

        var answer = await SendAsync("PUT", "/v2/a/manifests/after", Manifest(config, new string('x', 100_000)));

        Assert.Equal(507, answer.StatusCode);
        Assert.Equal(404, (await SendAsync("GET", "/v2/a/manifests/after")).StatusCode);
        Assert.Equal(200, (await SendAsync("GET", "/v2/a/manifests/before")).StatusCode);
        Assert.Equal("""{"name":"a","tags":["before"]}""", TextOf(await SendAsync("GET", "/v2/a/tags/list")));
    }

    [Fact]
    public async Task Collect_OnAFullDisk_MakesRoom()
    {
        var loose = await PushAsync(new byte[1 << 20]);
        var config = await PushAsync("{}"u8.ToArray());
        Assert.Equal(201, (await SendAsync("PUT", "/v2/a/manifests/kept", Manifest(config, "1"))).StatusCode);
        await FillAsync();

        var answer = await SendAsync("POST", "/v2/_boreal/gc");

        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(404, (await SendAsync("HEAD", $"/v2/a/blobs/{loose}")).StatusCode);
        Assert.Equal(200, (await SendAsync("GET", "/v2/a/manifests/kept")).StatusCode);
        await PushAsync(new byte[1 << 19]);
    }

    private async Task<Digest> PushAsync(byte[] blob)
    {
        var digest = Digest.OfSha256(blob);
        Assert.Equal(201, (await SendAsync("POST", $"/v2/a/blobs/uploads/?digest={digest}", blob)).StatusCode);
        return digest;
    }

    /// <summary>Somebody else's file takes all there is.</summary>
    private async Task FillAsync()
    {
        await using var file = File.Create(Path.Combine(_folder.Path, "ballast"));
        var part = new byte[4096];
        try
        {
            while (true)
            {
                await file.WriteAsync(part, TestContext.Current.CancellationToken);
                await file.FlushAsync(TestContext.Current.CancellationToken);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private long Free() => new DriveInfo(_folder.Path).AvailableFreeSpace;

    private static byte[] Manifest(Digest config, string note) => Encoding.UTF8.GetBytes(
        $$$"""{"schemaVersion":2,"config":{"mediaType":"text/plain","digest":"{{{config}}}","size":2},"layers":[],"annotations":{"note":"{{{note}}}"}}""");

    private static string TextOf(HttpResponse response) => Encoding.UTF8.GetString(((MemoryStream)response.Body).ToArray());

    private async Task<HttpResponse> SendAsync(string method, string target, byte[]? body = null)
    {
        var context = new DefaultHttpContext();
        var query = target.IndexOf('?');
        context.Request.Method = method;
        context.Request.Path = query < 0 ? target : target[..query];
        context.Request.QueryString = new QueryString(query < 0 ? "" : target[query..]);
        context.Request.Body = new MemoryStream(body ?? []);
        context.Request.ContentLength = body?.Length ?? 0;
        context.Response.Body = new MemoryStream();
        await Registry.HandleAsync(context);
        await context.Response.BodyWriter.FlushAsync(TestContext.Current.CancellationToken);
        return context.Response;
    }
}
