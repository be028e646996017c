namespace Boreal.Tests.Functional.Registry;

public sealed class UploadTests
{
    private static readonly byte[] Blob = Content.Random(3000);

    public static TheoryData<UploadStyle, string> Styles()
    {
        var data = new TheoryData<UploadStyle, string>();
        foreach (var style in Enum.GetValues<UploadStyle>())
        {
            data.Add(style, "sha256");
            data.Add(style, "sha512");
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Upload_OfEachStyle_IsABlob(UploadStyle style, string algorithm)
    {
        await using var registry = await RunningRegistry.StartAsync();
        var digest = Content.Digest(Blob, algorithm);

        var answer = await UploadStyles.PushAsync(registry, "a/b", style, Blob, digest);

        Assert.Equal((201, $"/v2/a/b/blobs/{digest}", digest), (answer.Status, answer["Location"], answer["Docker-Content-Digest"]));
        Assert.Equal(Blob, (await registry.GetAsync($"/v2/a/b/blobs/{digest}")).Body);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(registry.Data, "uploads")));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Upload_OfEachStyleWithAnotherDigest_LeavesNothing(UploadStyle style, string algorithm)
    {
        await using var registry = await RunningRegistry.StartAsync();
        var digest = Content.Digest([1, 2, 3], algorithm);

        var answer = await UploadStyles.PushAsync(registry, "a", style, Blob, digest);

        Assert.Equal((400, "DIGEST_INVALID"), (answer.Status, answer.Error));
        Assert.Equal("BLOB_UNKNOWN", (await registry.GetAsync($"/v2/a/blobs/{digest}")).Error);
        Assert.Equal("BLOB_UNKNOWN", (await registry.GetAsync($"/v2/a/blobs/{Content.Digest(Blob)}")).Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(registry.Data, "uploads")));
    }

    [Theory]
    [InlineData("sha256:baddigeststring")]
    [InlineData("sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("")]
    public async Task Finish_WithoutADigestWeKnow_IsInvalid(string digest)
    {
        await using var registry = await RunningRegistry.StartAsync();
        var upload = await registry.BeginUploadAsync("a");

        Assert.Equal("DIGEST_INVALID", (await registry.SendAsync(HttpMethod.Put, $"{upload}?digest={digest}", Blob)).Error);
    }

    [Fact]
    public async Task Chunk_OutOfOrder_IsRefusedAndTheUploadGoesOn()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var upload = await registry.BeginUploadAsync("a");
        await registry.SendAsync(HttpMethod.Patch, upload, Blob.AsMemory(0, 1000), null, ("Content-Range", "0-999"));

        var refused = await registry.SendAsync(HttpMethod.Patch, upload, Blob.AsMemory(2000), null, ("Content-Range", "2000-2999"));
        var again = await registry.SendAsync(HttpMethod.Patch, upload, Blob.AsMemory(0, 1000), null, ("Content-Range", "0-999"));
        var taken = await registry.SendAsync(HttpMethod.Patch, upload, Blob.AsMemory(1000), null, ("Content-Range", "1000-2999"));

        Assert.Equal((416, "0-999", upload), (refused.Status, refused["Range"], refused["Location"]));
        Assert.Equal(416, again.Status);
        Assert.Equal((202, "0-2999"), (taken.Status, taken["Range"]));
        Assert.Equal(201, (await registry.SendAsync(HttpMethod.Put, $"{upload}?digest={Content.Digest(Blob)}", ReadOnlyMemory<byte>.Empty)).Status);
    }

    [Theory]
    [InlineData("0-99", "SIZE_INVALID")]
    [InlineData("0-5000", "SIZE_INVALID")]
    [InlineData("five", "BLOB_UPLOAD_INVALID")]
    [InlineData("10-5", "BLOB_UPLOAD_INVALID")]
    public async Task Chunk_OfAnotherSizeThanItSays_IsRefused(string range, string code)
    {
        await using var registry = await RunningRegistry.StartAsync();
        var upload = await registry.BeginUploadAsync("a");

        Assert.Equal(code, (await registry.SendAsync(HttpMethod.Patch, upload, Blob, null, ("Content-Range", range))).Error);
    }

    [Fact]
    public async Task Status_OfAnUpload_SaysHowFarItIs()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var upload = await registry.BeginUploadAsync("a");

        var empty = await registry.GetAsync(upload);
        await registry.SendAsync(HttpMethod.Patch, upload, Blob);
        var some = await registry.GetAsync(upload);

        Assert.Equal((204, "0-0"), (empty.Status, empty["Range"]));
        Assert.Equal((204, "0-2999", upload), (some.Status, some["Range"], some["Location"]));
    }

    [Fact]
    public async Task Upload_Cancelled_IsGoneWithItsBytes()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var upload = await registry.BeginUploadAsync("a");
        await registry.SendAsync(HttpMethod.Patch, upload, Blob);

        Assert.Equal(204, (await registry.SendAsync(HttpMethod.Delete, upload)).Status);

        Assert.Equal((404, "BLOB_UPLOAD_UNKNOWN"), (await registry.GetAsync(upload)) is var answer ? (answer.Status, answer.Error) : default);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(registry.Data, "uploads")));
    }

    [Fact]
    public async Task Upload_OfAnotherRepository_IsUnknown()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var upload = await registry.BeginUploadAsync("a");

        Assert.Equal("BLOB_UPLOAD_UNKNOWN", (await registry.GetAsync(upload.Replace("/v2/a/", "/v2/b/", StringComparison.Ordinal))).Error);
        Assert.Equal("BLOB_UPLOAD_UNKNOWN", (await registry.GetAsync("/v2/a/blobs/uploads/..%2f..")).Error);
    }

    [Fact]
    public async Task Upload_WithAnAlgorithmWeDoNotHave_IsInvalid()
    {
        await using var registry = await RunningRegistry.StartAsync();

        Assert.Equal("DIGEST_INVALID", (await registry.SendAsync(HttpMethod.Post, "/v2/a/blobs/uploads/?digest-algorithm=md5")).Error);
    }

    [Fact]
    public async Task Upload_Resting_TimesOut()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var resting = await registry.BeginUploadAsync("a");
        registry.Clock.Advance(TimeSpan.FromHours(5));
        var young = await registry.BeginUploadAsync("a");
        registry.Clock.Advance(TimeSpan.FromHours(2));

        var report = await registry.SendAsync(HttpMethod.Post, "/v2/_boreal/gc");

        Assert.Equal(1, report.Json.GetProperty("uploads").GetInt32());
        Assert.Equal("BLOB_UPLOAD_UNKNOWN", (await registry.GetAsync(resting)).Error);
        Assert.Equal(204, (await registry.GetAsync(young)).Status);
    }

    [Fact]
    public async Task Uploads_TooMany_AreAskedToWait()
    {
        await using var registry = await RunningRegistry.StartAsync(options => options with { MostUploads = 1 });
        await registry.BeginUploadAsync("a");

        var answer = await registry.SendAsync(HttpMethod.Post, "/v2/a/blobs/uploads/");

        Assert.Equal((429, "TOOMANYREQUESTS", "30"), (answer.Status, answer.Error, answer["Retry-After"]));
    }

    [Fact]
    public async Task Blob_LargerThanAllowed_IsRefused()
    {
        await using var registry = await RunningRegistry.StartAsync(options => options with { LargestBlob = 2999 });

        var answer = await registry.SendAsync(HttpMethod.Post, $"/v2/a/blobs/uploads/?digest={Content.Digest(Blob)}", Blob);

        Assert.Equal((413, "SIZE_INVALID"), (answer.Status, answer.Error));
    }
}
