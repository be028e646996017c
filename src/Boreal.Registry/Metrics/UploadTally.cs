using Boreal.Registry.Uploads;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Metrics;

/// <summary>While it lives, what an upload grows by counts as received by the request.</summary>
internal sealed class UploadTally(HttpContext context, Upload upload) : IDisposable
{
    private readonly long _before = upload.Length;

    public void Dispose() => context.Features.Get<ReceivedBytes>()?.Add(upload.Length - _before);
}
