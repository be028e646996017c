using System.Reflection;

namespace Boreal.Daemon.Http;

/// <summary>Who we are, and which Docker release's behaviour clients may expect.</summary>
internal static class ProductVersion
{
    /// <summary>The release whose API version is our newest.</summary>
    private const string Compatible = "28.3.0";

    public static string Own { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>For clients that compare engine versions: Docker's first, ours as build metadata.</summary>
    public static string Engine { get; } = $"{Compatible}+boreal.{Own}";

    public static string Server { get; } = $"Docker/{Engine} (linux)";
}
