namespace Boreal.Tests.Functional.Registry;

internal static class UploadStyles
{
    /// <summary>Pushes a blob; the answer is that of the last request.</summary>
    public static async Task<RegistryAnswer> PushAsync(RunningRegistry registry, string name, UploadStyle style, byte[] blob, string digest)
    {
        if (style is UploadStyle.Post)
            return await registry.SendAsync(HttpMethod.Post, $"/v2/{name}/blobs/uploads/?digest={digest}", blob);
        var algorithm = style is UploadStyle.Chunks ? $"?digest-algorithm={digest.Split(':')[0]}" : "";
        var upload = await registry.BeginUploadAsync(name, algorithm);
        var sent = style switch
        {
            UploadStyle.Stream => await StreamAsync(registry, upload, blob),
            UploadStyle.Chunks => await ChunksAsync(registry, upload, blob, blob.Length),
            UploadStyle.ChunksAndPut => await ChunksAsync(registry, upload, blob, blob.Length / 2),
            _ => 0,
        };
        return await registry.SendAsync(HttpMethod.Put, $"{upload}?digest={digest}", blob.AsMemory(sent));
    }

    private static async Task<int> StreamAsync(RunningRegistry registry, string upload, byte[] blob)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, upload) { Content = new ByteArrayContent(blob) };
        request.Headers.TransferEncodingChunked = true;
        using var response = await registry.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(202, (int)response.StatusCode);
        return blob.Length;
    }

    private static async Task<int> ChunksAsync(RunningRegistry registry, string upload, byte[] blob, int end)
    {
        var step = Math.Max(end / 3, 1);
        for (var start = 0; start < end; start += step)
        {
            var last = Math.Min(start + step, end) - 1;
            var answer = await registry.SendAsync(HttpMethod.Patch, upload, blob.AsMemory(start, last - start + 1), null, ("Content-Range", $"{start}-{last}"));
            Assert.Equal((202, $"0-{last}"), (answer.Status, answer["Range"]));
        }
        return end;
    }
}
