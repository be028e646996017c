using System.Globalization;
using System.Text;
using Boreal.BuildWire.Protocol.Control;

namespace Boreal.Cli.Building.Progress;

/// <summary>What the Dockerfile's checks found, in a line each.</summary>
internal static class WarningList
{
    public static string Render(IReadOnlyList<VertexWarning> warnings)
    {
        if (warnings.Count is 0) return "";
        var text = new StringBuilder("\n ");
        text.Append(warnings.Count is 1 ? "1 warning" : string.Create(CultureInfo.InvariantCulture, $"{warnings.Count} warnings")).Append(" found (use --check to see more):\n");
        foreach (var warning in warnings)
            text.Append(" - ").Append(warning.Short.ToStringUtf8()).Append('\n');
        return text.ToString();
    }
}
