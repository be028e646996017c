using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Boreal.Tests.Unit.House;

public sealed partial class CodeRuleTests
{
    [Fact]
    public void NativeCalls_Everywhere_AreMadeInBorealLinux() =>
        Findings.AssertNone(
            from file in SourceTree.Files
            where !file.Path.StartsWith("src/Boreal.Linux/", StringComparison.Ordinal)
            from attribute in file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
            where attribute.Name.ToString() is "LibraryImport" or "DllImport"
            select $"{file.Path}: {attribute}");

    [Fact]
    public void NativeCalls_InBorealLinux_AreSourceGenerated() =>
        Findings.AssertNone(
            from file in SourceTree.Files
            from attribute in file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
            where attribute.Name.ToString() is "DllImport"
            select $"{file.Path}: {attribute}");

    [Fact]
    public void Comments_Everywhere_PromiseNothing() =>
        Findings.AssertNone(
            from file in SourceTree.Files
            from trivia in file.Syntax.DescendantTrivia()
            where trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
            where Promise().IsMatch(trivia.ToString())
            select $"{file.Path}: {trivia}");

    [Fact]
    public void Exceptions_Everywhere_AreNotSwallowed() =>
        Findings.AssertNone(
            from file in SourceTree.Files
            from clause in file.Syntax.DescendantNodes().OfType<CatchClauseSyntax>()
            where clause.Block.Statements.Count == 0
            where clause.Declaration is null || (clause.Filter is null && clause.Declaration.Type.ToString() is "Exception") || !clause.Block.ToString().Contains("//", StringComparison.Ordinal)
            select $"{file.Path}: {clause.ToString().ReplaceLineEndings(" ")}");

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Promise();
}
