using System.Reflection;

namespace Boreal.Cli.Session;

/// <summary>What this program calls itself.</summary>
internal static class ProductVersion
{
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
