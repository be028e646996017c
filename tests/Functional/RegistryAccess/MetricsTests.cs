using System.Net;
using Boreal.Registry.Access;

namespace Boreal.Tests.Functional.RegistryAccess;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_AfterSomeRequests_CountThem()
    {
        await using var site = await SiteFixture.StartAsync(AuthenticationScheme.Basic, []);
        await RegistryContent.PushImageAsync(site, "team/a", null, new string('x', 1000));
        using var missing = await site.SendAsync(HttpMethod.Get, "/v2/team/none/manifests/latest");
        using var begun = await site.SendAsync(HttpMethod.Post, "/v2/team/a/blobs/uploads/");
        using var content = new StreamContent(new UnknownLength(500));
        using var piece = await site.SendAsync(HttpMethod.Patch, begun.Headers.Location?.OriginalString ?? "", content: content);
        using var odd = await site.SendAsync(new HttpMethod("BREW"), "/v2/");

        Assert.Equal(HttpStatusCode.Accepted, piece.StatusCode);
        var lines = (await RegistryContent.ReadAsync(site, "/metrics", null)).Split('\n');
        Assert.Contains("boreal_registry_requests_total{route=\"manifest\",method=\"PUT\",status=\"201\"} 1", lines);
        Assert.Contains("boreal_registry_requests_total{route=\"manifest\",method=\"GET\",status=\"404\"} 1", lines);
        Assert.Contains("boreal_registry_requests_total{route=\"ping\",method=\"other\",status=\"405\"} 1", lines);
        Assert.Contains("boreal_registry_received_bytes_total 1502", lines);
        Assert.Contains("boreal_registry_repositories 1", lines);
        Assert.Contains("boreal_registry_uploads_open 1", lines);
        Assert.Contains("boreal_registry_requests_under_way 1", lines);
    }

    [Fact]
    public async Task Health_WhileTheFolderIsThere_IsGood()
    {
        await using var site = await SiteFixture.StartAsync(AuthenticationScheme.Basic, []);
        Assert.Equal("ok\n", await RegistryContent.ReadAsync(site, "/healthz", null));
        Directory.Move(Path.Combine(site.Folder, "data"), Path.Combine(site.Folder, "elsewhere"));
        using var gone = await site.SendAsync(HttpMethod.Get, "/healthz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, gone.StatusCode);
    }

    /// <summary>Sent in chunks, as its length cannot be asked.</summary>
    private sealed class UnknownLength(int length) : MemoryStream(new byte[length])
    {
        public override bool CanSeek => false;
    }
}
