using System.Globalization;

namespace Boreal.Tests.WebServer;

/// <summary>What the container's variables ask for.</summary>
internal sealed record Settings(ushort Port, string Host, string Version, TimeSpan ListenAfter, bool FailsHealth)
{
    public static Settings FromEnvironment() => new(
        ushort.Parse(Read("PORT", "80"), CultureInfo.InvariantCulture),
        Environment.MachineName,
        Read("VERSION", "1"),
        TimeSpan.FromMilliseconds(int.Parse(Read("LISTEN_AFTER_MS", "0"), CultureInfo.InvariantCulture)),
        Read("FAIL_HEALTH", "") == "1");

    private static string Read(string name, string usual) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? given : usual;
}
