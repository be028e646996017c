namespace Boreal.Bench.Compare.Scenarios;

/// <summary>The image all scenarios run, under a name nobody else uses.</summary>
internal static class Image
{
    public const string Reference = "boreal-bench/busybox:latest";
}
