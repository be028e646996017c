using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Commands.Registry;

/// <summary>The option of verbs that talk to a registry themselves.</summary>
internal static class InsecureFlag
{
    public static ListFlag AddTo(FlagSet flags) =>
        flags.List("insecure-registry", '\0', "Registry that needs no valid certificate, nor TLS at all");
}
