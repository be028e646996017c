using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Boreal.Tests.Unit.House;

public sealed class NamingTests
{
    private static readonly string[] BannedSuffixes = ["Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Manager", "Processor", "Info", "Impl", "Base"];
    private static readonly string[] BannedFolders = ["Models", "Interfaces", "Helpers", "Utils", "Utilities", "Util", "Common", "Misc", "Shared", "Abstractions"];

    [Fact]
    public void Types_Everywhere_HaveNoEmptySuffix()
    {
        var limits = new Limits("name");
        foreach (var file in SourceTree.Files)
        {
            foreach (var type in file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
                limits.Check(!BannedSuffixes.Any(suffix => type.Identifier.Text.EndsWith(suffix, StringComparison.Ordinal)), $"{file.Path}::{type.Identifier.Text}", "its name ends in a banned suffix");
        }
        limits.Assert();
    }

    [Fact]
    public void Folders_Everywhere_AreNouns() =>
        Findings.AssertNone(
            from file in SourceTree.Files
            from folder in file.Path.Split('/')[..^1]
            where BannedFolders.Contains(folder, StringComparer.Ordinal)
            select $"{file.Path}: '{folder}' says nothing");

    [Fact]
    public void Namespaces_InSource_FollowTheFolders() =>
        Findings.AssertNone(
            from file in SourceTree.Product
            from space in file.Syntax.Members.OfType<BaseNamespaceDeclarationSyntax>()
            let expected = string.Join('.', file.Path.Split('/')[1..^1])
            where space.Name.ToString() != expected
            select $"{file.Path}: namespace {space.Name}, expected {expected}");

    [Fact]
    public void PublicTypes_Everywhere_HaveAFileOfTheirOwn()
    {
        var limits = new Limits("types");
        foreach (var file in SourceTree.Files)
        {
            var names = file.TopLevelTypes.Where(IsPublic).Select(NameOf).Distinct().ToList();
            var stem = Path.GetFileName(file.Path).Split('.')[0];
            limits.Check(names.Count == 0 || (names.Count == 1 && names[0] == stem), file.Path, $"public types {string.Join(", ", names)}");
        }
        limits.Assert();
    }

    private static bool IsPublic(MemberDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PublicKeyword);

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier.Text,
        DelegateDeclarationSyntax declared => declared.Identifier.Text,
        _ => type.ToString(),
    };
}
