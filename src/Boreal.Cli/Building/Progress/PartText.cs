using System.Globalization;
using Boreal.BuildWire.Protocol.Control;
using Boreal.Cli.Output;

namespace Boreal.Cli.Building.Progress;

/// <summary>A part of a step in a line: <c>transferring context: 1.05MB / 2.10MB 0.3s done</c>.</summary>
internal static class PartText
{
    private const double ShortestShown = 0.01;

    public static string Render(VertexStatus part) => $"{part.ID}{Size(part)}{Time(part)}{(part.Completed is null ? "" : " done")}";

    /// <summary>Seconds it took or has taken.</summary>
    public static double Seconds(VertexStatus part, DateTimeOffset? now = null)
    {
        var end = part.Completed?.ToDateTimeOffset() ?? now ?? part.Timestamp?.ToDateTimeOffset();
        return part.Started is { } started && end is { } known ? Math.Max(0, (known - started.ToDateTimeOffset()).TotalSeconds) : 0;
    }

    public static string Size(VertexStatus part) => part switch
    {
        { Total: not 0 } => $" {Units.Size(part.Current, 3)} / {Units.Size(part.Total, 3)}",
        { Current: not 0 } => $" {Units.Size(part.Current, 3)}",
        _ => "",
    };

    private static string Time(VertexStatus part) =>
        Seconds(part) is var seconds && seconds > ShortestShown ? string.Create(CultureInfo.InvariantCulture, $" {seconds:0.0}s") : "";
}
