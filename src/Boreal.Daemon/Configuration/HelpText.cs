using System.Text;

namespace Boreal.Daemon.Configuration;

/// <summary>What <c>boreald --help</c> prints.</summary>
internal static class HelpText
{
    private const string Head = """

        Usage:  boreald [OPTIONS]

        A container engine that Docker's clients can use.

        Options:

        """;

    private const string Tail = """

        Examples:
          boreald                                              listen on /run/boreal/boreal.sock
          DOCKER_HOST=unix:///run/boreal/boreal.sock docker ps
          boreald --data-root /srv/b --exec-root /run/b        a second engine beside the first
          boreald -H fd://                                     on the socket that systemd opened
          boreald -H unix:///run/boreal/boreal.sock -H tcp://0.0.0.0:2376 --tlsverify \
                  --tlscacert ca.pem --tlscert cert.pem --tlskey key.pem
          boreald --validate --config-file /etc/boreal/daemon.json

        """;

    private const string RegistryHead = """

        Usage:  boreald registry serve [OPTIONS]

        A registry for container images.

        Options:

        """;

    private const string RegistryTail = """

        Examples:
          boreald registry serve                                on 127.0.0.1:5000, content in /var/lib/boreal/registry
          boreald registry serve --addr :5000 --data /srv/registry --tls-cert cert.pem --tls-key key.pem --auth token
          boreald registry serve --addr 127.0.0.1:5001 --data /srv/cache --upstream docker.io

        """;

    public static string Build() => Build(Head, Settings.All, Tail,
    [
        (null, "config-file", "path", "Configuration file (default \"/etc/boreal/daemon.json\")"),
        ('h', "help", "", "Print usage"),
        (null, "validate", "", "Check flags and file, and exit"),
        ('v', "version", "", "Print version information and quit"),
    ]);

    public static string BuildForRegistry() => Build(RegistryHead, RegistryServeSettings.All, RegistryTail,
    [
        ('h', "help", "", "Print usage"),
        (null, "validate", "", "Check flags, and exit"),
    ]);

    private static string Build(string head, IEnumerable<Setting> settings, string tail, IEnumerable<(char? Short, string Name, string Value, string Help)> others)
    {
        var lines = settings
            .Select(setting => (setting.Short, setting.Name, setting.Value, setting.Help))
            .Concat(others)
            .OrderBy(line => line.Name, StringComparer.Ordinal)
            .Select(line => (Flag: $"{(line.Short is { } letter ? $"-{letter}," : "   ")} --{line.Name} {line.Value}".TrimEnd(), line.Help))
            .ToList();
        var width = lines.Max(line => line.Flag.Length);
        var text = new StringBuilder(head);
        foreach (var (flag, help) in lines)
            text.Append("  ").Append(flag.PadRight(width + 2)).Append(help).Append('\n');
        return text.Append(tail).ToString();
    }
}
