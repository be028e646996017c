using System.Text;
using System.Text.RegularExpressions;
using Boreal.Build.Dockerfile.Syntax;

namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>Reads ONBUILD, which keeps its instruction as text.</summary>
internal static partial class OnBuildReader
{
    public static OnBuildInstruction Read(Statement statement)
    {
        if (statement.Inner is not { } inner) throw InstructionErrors.NeedsArguments("ONBUILD");
        InstructionFlags.Read(statement.Flags);
        switch (inner.Name)
        {
            case "ONBUILD":
                throw new FormatException("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
            case "MAINTAINER" or "FROM":
                throw new FormatException($"{inner.Name} isn't allowed as an ONBUILD trigger");
        }

        var trigger = new StringBuilder(Keyword().Replace(statement.Original, "", 1));
        foreach (var heredoc in statement.Heredocs)
            trigger.Append('\n').Append(heredoc.Content).Append(heredoc.Name);
        return new OnBuildInstruction { Statement = statement, Trigger = trigger.ToString() };
    }

    [GeneratedRegex(@"\A\s*ONBUILD\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Keyword();
}
