using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

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

    /// <summary>What clients show as the Go version.</summary>
    public static string Runtime { get; } = RuntimeInformation.FrameworkDescription;

    /// <summary>When this program was put where it is: builds carry no time, so that they can be repeated.</summary>
    public static string BuildTime { get; } =
        new FileInfo(Environment.ProcessPath ?? "/proc/self/exe").LastWriteTimeUtc.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00+00:00'", CultureInfo.InvariantCulture);
}
