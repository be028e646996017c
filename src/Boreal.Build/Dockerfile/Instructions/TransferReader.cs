using Boreal.Build.Dockerfile.Syntax;

namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>Reads COPY and ADD.</summary>
internal static class TransferReader
{
    public static CopyInstruction ReadCopy(Statement statement)
    {
        if (statement.Arguments.Count < 2) throw InstructionErrors.NeedsDestination("COPY");
        var flags = InstructionFlags.Read(statement.Flags, "chown", "from", "chmod", "link!", "exclude*", "parents!");
        var (sources, inline, destination) = ReadPaths(statement);
        return new CopyInstruction
        {
            Statement = statement,
            Sources = sources,
            InlineFiles = inline,
            Destination = destination,
            Owner = flags.Text("chown") ?? "",
            Mode = flags.Text("chmod") ?? "",
            From = flags.Text("from") ?? "",
            IsLinked = flags.Switch("link") ?? false,
            KeepsParents = flags.Switch("parents") ?? false,
            Excludes = flags.Texts("exclude"),
        };
    }

    public static AddInstruction ReadAdd(Statement statement)
    {
        if (statement.Arguments.Count < 2) throw InstructionErrors.NeedsDestination("ADD");
        var flags = InstructionFlags.Read(statement.Flags, "chown", "chmod", "link!", "keep-git-dir!", "checksum", "unpack!", "exclude*");
        var (sources, inline, destination) = ReadPaths(statement);
        return new AddInstruction
        {
            Statement = statement,
            Sources = sources,
            InlineFiles = inline,
            Destination = destination,
            Owner = flags.Text("chown") ?? "",
            Mode = flags.Text("chmod") ?? "",
            Checksum = flags.Text("checksum") ?? "",
            IsLinked = flags.Switch("link") ?? false,
            KeepsGitFolder = flags.Switch("keep-git-dir"),
            Unpacks = flags.Switch("unpack"),
            Excludes = flags.Texts("exclude"),
        };
    }

    private static (List<string> Sources, List<InlineFile> Inline, string Destination) ReadPaths(Statement statement)
    {
        var destination = statement.Arguments[^1];
        if (HeredocReader.FindValid(destination) is not null) throw new FormatException($"{statement.Name} cannot accept a heredoc as a destination");

        var sources = new List<string>();
        var inline = new List<InlineFile>();
        foreach (var word in statement.Arguments.Take(statement.Arguments.Count - 1))
        {
            if (HeredocReader.FindValid(word) is not { } announced)
            {
                sources.Add(word);
                continue;
            }
            var content = statement.Heredocs.LastOrDefault(heredoc => heredoc.Name == announced.Name)?.Content ?? "";
            inline.Add(new InlineFile(announced.Name, (announced with { Content = content }).Text, announced.Expands));
        }
        return (sources, inline, destination);
    }
}
