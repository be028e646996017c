using System.Text.RegularExpressions;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime.Processes;

/// <summary>Keeps clients from renaming another column to PID, by which rows of other containers would pass.</summary>
internal static partial class PsArguments
{
    public static void Check(string arguments)
    {
        foreach (Match match in RenamedColumn().Matches(arguments))
        {
            var (column, title) = (match.Groups[1].Value, match.Groups[2].Value);
            if (column is not "pid") throw new EngineException(ErrorKind.Internal, $"specifying \"{column}={title}\" is not allowed");
        }
    }

    [GeneratedRegex(@"\s+([^\s]*)=\s*(PID[^\s]*)")]
    private static partial Regex RenamedColumn();
}
