using System.Text.RegularExpressions;
using Boreal.Registry.Http;
using Boreal.Registry.Storage;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Manifests;

/// <summary>What somebody who pushes should know although all went well. Clients show it to people.</summary>
internal sealed partial class PushWarnings(DataPaths paths)
{
    private const int ScarcePercent = 5;

    public void Add(HttpContext context, IReadOnlyList<string> tags)
    {
        if (tags.Any(tag => FallbackTag().IsMatch(tag)))
            Answers.Warn(context, "this registry lists referrers by itself, the tag is not needed");
        var disk = new DriveInfo(paths.Blobs);
        var free = disk.AvailableFreeSpace;
        if (free < disk.TotalSize / 100 * ScarcePercent)
            Answers.Warn(context, $"the registry's disk is nearly full, {free >> 20} MiB are free");
    }

    [GeneratedRegex(@"\Asha(256-[a-f0-9]{64}|512-[a-f0-9]{64})\z")]
    private static partial Regex FallbackTag();
}
