using Boreal.Build.Dockerfile.Syntax;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>A statement to a typed instruction; all but FROM, which begins a stage.</summary>
internal static class InstructionReader
{
    // The most frequent first: of two that are as near, the first is suggested.
    private static readonly string[] Names =
    [
        "FROM", "RUN", "COPY", "ENV", "ARG", "CMD", "ADD", "LABEL", "WORKDIR", "ENTRYPOINT", "USER", "EXPOSE", "VOLUME",
        "HEALTHCHECK", "SHELL", "STOPSIGNAL", "ONBUILD", "MAINTAINER",
    ];

    /// <exception cref="FormatException">The instruction is unknown, or its flags or arguments are wrong.</exception>
    public static Instruction Read(Statement statement) => statement.Name switch
    {
        "ADD" => TransferReader.ReadAdd(statement),
        "ARG" => ReadArg(statement),
        "CMD" => NoFlags(new CmdInstruction { Statement = statement, Command = CommandLine.From(statement) }),
        "COPY" => TransferReader.ReadCopy(statement),
        "ENTRYPOINT" => NoFlags(new EntrypointInstruction { Statement = statement, Command = CommandLine.From(statement) }),
        "ENV" => NoFlags(new EnvInstruction { Statement = statement, Variables = ReadPairs(statement) }),
        "EXPOSE" => ReadExpose(statement),
        "HEALTHCHECK" => HealthCheckReader.Read(statement),
        "LABEL" => NoFlags(new LabelInstruction { Statement = statement, Labels = ReadPairs(statement) }),
        "MAINTAINER" => NoFlags(new MaintainerInstruction { Statement = statement, Maintainer = OnlyArgument(statement) }),
        "ONBUILD" => OnBuildReader.Read(statement),
        "RUN" => RunReader.Read(statement),
        "SHELL" => ReadShell(statement),
        "STOPSIGNAL" => new StopSignalInstruction { Statement = statement, Signal = OnlyArgument(statement) },
        "USER" => NoFlags(new UserInstruction { Statement = statement, User = OnlyArgument(statement) }),
        "VOLUME" => ReadVolume(statement),
        "WORKDIR" => NoFlags(new WorkdirInstruction { Statement = statement, Path = OnlyArgument(statement) }),
        _ => throw new FormatException(Suggestion.Append($"unknown instruction: {statement.Keyword}", Suggestion.InCaseOf(statement.Keyword, Names))),
    };

    /// <summary>The text behind <c># name</c> right above a definition.</summary>
    public static string? DescriptionOf(string name, IReadOnlyList<string> comments) =>
        name.Length == 0 ? null : comments.FirstOrDefault(comment => comment.StartsWith(name + " ", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static T NoFlags<T>(T instruction)
        where T : Instruction
    {
        InstructionFlags.Read(instruction.Statement.Flags);
        return instruction;
    }

    private static string OnlyArgument(Statement statement) =>
        statement.Arguments is [var argument] ? argument : throw InstructionErrors.NeedsOneArgument(statement.Name);

    // Flags of ARG are ignored, as Docker ignores them.
    private static ArgInstruction ReadArg(Statement statement)
    {
        if (statement.Arguments.Count == 0) throw InstructionErrors.NeedsArguments("ARG");
        var definitions = new List<ArgDefinition>();
        foreach (var argument in statement.Arguments)
        {
            var sign = argument.IndexOf('=');
            if (sign == 0) throw InstructionErrors.BlankName("ARG");
            var name = sign < 0 ? argument : argument[..sign];
            definitions.Add(new ArgDefinition(name, sign < 0 ? null : argument[(sign + 1)..], DescriptionOf(name, statement.Comments)));
        }
        return new ArgInstruction { Statement = statement, Arguments = definitions };
    }

    private static List<KeyValue> ReadPairs(Statement statement)
    {
        InstructionFlags.Read(statement.Flags);
        var parts = statement.Arguments;
        if (parts.Count == 0) throw InstructionErrors.NeedsArguments(statement.Name);
        var pairs = new List<KeyValue>();
        for (var i = 0; i < parts.Count; i += 3)
        {
            if (parts[i].Length == 0) throw InstructionErrors.BlankName(statement.Name);
            pairs.Add(new KeyValue(parts[i], parts[i + 1], IsOldForm: parts[i + 2].Length == 0));
        }
        return pairs;
    }

    private static ExposeInstruction ReadExpose(Statement statement)
    {
        if (statement.Arguments.Count == 0) throw InstructionErrors.NeedsArguments("EXPOSE");
        return NoFlags(new ExposeInstruction { Statement = statement, Ports = [.. statement.Arguments.Order(StringComparer.Ordinal)] });
    }

    private static VolumeInstruction ReadVolume(Statement statement)
    {
        if (statement.Arguments.Count == 0) throw InstructionErrors.NeedsArguments("VOLUME");
        var instruction = NoFlags(new VolumeInstruction { Statement = statement, Paths = [.. statement.Arguments.Select(path => path.Trim())] });
        return instruction.Paths.Contains("") ? throw new FormatException("VOLUME specified can not be an empty string") : instruction;
    }

    private static ShellInstruction ReadShell(Statement statement)
    {
        InstructionFlags.Read(statement.Flags);
        if (statement.Arguments.Count == 0) throw InstructionErrors.NeedsArguments("SHELL");
        if (!statement.IsJson) throw new FormatException("SHELL requires the arguments to be in JSON form");
        return new ShellInstruction { Statement = statement, Shell = statement.Arguments };
    }
}
