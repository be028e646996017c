using System.Text.RegularExpressions;

namespace Boreal.Notation;

/// <summary>Changes of modes as chmod(1) takes them: <c>u=rwX,go-w</c>.</summary>
public static partial class SymbolicMode
{
    public static bool IsValid(string text) => Clauses().IsMatch(text);

    [GeneratedRegex(@"\A[ugoa]*(?:[-+=][rwxXstugo]*)+(?:,[ugoa]*(?:[-+=][rwxXstugo]*)+)*\z")]
    private static partial Regex Clauses();
}
