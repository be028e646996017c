using Boreal.Build.Dockerfile.Syntax;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>Reads RUN.</summary>
internal static class RunReader
{
    public static RunInstruction Read(Statement statement)
    {
        var flags = InstructionFlags.Read(statement.Flags, "mount*", "network", "security", "device*");
        var mounts = flags.Texts("mount");
        var instruction = new RunInstruction
        {
            Statement = statement,
            Command = CommandLine.From(statement),
            Mounts = mounts,
            MountSources = [.. mounts.Select(RunMountReader.SourceOf)],
            Network = flags.Text("network") ?? "default",
            Security = flags.Text("security") ?? "sandbox",
            Devices = [.. flags.Texts("device").Select(RunDevice.Parse)],
        };
        if (instruction.Network is not ("default" or "none" or "host")) throw new FormatException($"invalid network mode {GoText.Quote(instruction.Network)}");
        if (instruction.Security is not ("sandbox" or "insecure")) throw new FormatException($"security {GoText.Quote(instruction.Security)} is not valid");
        return instruction;
    }
}
