using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Boreal.Tests.Unit.House;

public sealed class SizeLimitTests
{
    private const int FileLines = 400;
    private const int MethodLines = 60;
    private const int Parameters = 7;
    private const int MedianLines = 70;
    private const int FoldersFiles = 8;

    [Fact]
    public void Files_Everywhere_HaveAtMost400Lines()
    {
        var limits = new Limits("file");
        foreach (var file in SourceTree.Files)
            limits.Check(file.Lines <= FileLines, file.Path, $"{file.Lines} lines, at most {FileLines}");
        limits.Assert();
    }

    [Fact]
    public void Files_InSource_HaveASmallMedian()
    {
        var sizes = SourceTree.Product.Select(file => file.Lines).Order().ToList();
        Assert.True(sizes[sizes.Count / 2] < MedianLines, $"the median of {sizes.Count} files is {sizes[sizes.Count / 2]} lines, wanted below {MedianLines}");
    }

    [Fact]
    public void Methods_Everywhere_HaveAtMost60Lines()
    {
        var limits = new Limits("method");
        foreach (var file in SourceTree.Files)
        {
            foreach (var (name, node) in Methods(file))
                limits.Check(LinesOf(node) <= MethodLines, $"{file.Path}::{name}", $"{LinesOf(node)} lines, at most {MethodLines}");
        }
        limits.Assert();
    }

    [Fact]
    public void Methods_Everywhere_TakeAtMost7Parameters()
    {
        var limits = new Limits("params");
        foreach (var file in SourceTree.Files)
        {
            foreach (var (name, list) in ParameterLists(file))
                limits.Check(list.Parameters.Count <= Parameters, $"{file.Path}::{name}", $"{list.Parameters.Count} parameters, at most {Parameters}");
        }
        limits.Assert();
    }

    [Fact]
    public void Rooms_WithMoreThan8Files_HaveAReadme() =>
        Findings.AssertNone(
            from room in SourceTree.Product.GroupBy(file => string.Join('/', file.Path.Split('/').Take(3)))
            where !room.Key.EndsWith(".cs", StringComparison.Ordinal) && room.Count() > FoldersFiles
            where !File.Exists(Path.Combine(TestKit.Repository.Root, room.Key, "README.md"))
            select $"{room.Key}: {room.Count()} files and no README.md");

    private static IEnumerable<(string Name, SyntaxNode Node)> Methods(SourceFile file)
    {
        foreach (var node in file.Syntax.DescendantNodes())
        {
            if (node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
                yield return (NameOf(node), node);
        }
        if (file.Syntax.Members.OfType<GlobalStatementSyntax>().ToList() is { Count: > 0 } statements && file.Lines > MethodLines)
            yield return ("(top level)", statements[0].Parent ?? statements[0]);
    }

    // A kernel call has the parameters the kernel gave it.
    private static IEnumerable<(string Name, BaseParameterListSyntax List)> ParameterLists(SourceFile file) =>
        from node in file.Syntax.DescendantNodes()
        let list = node switch
        {
            BaseMethodDeclarationSyntax method when !IsNative(method) => method.ParameterList,
            LocalFunctionStatementSyntax local => local.ParameterList,
            TypeDeclarationSyntax { ParameterList: { } primary } and not RecordDeclarationSyntax => primary,
            _ => null as BaseParameterListSyntax,
        }
        where list is not null
        select (NameOf(node), list);

    private static bool IsNative(BaseMethodDeclarationSyntax method) =>
        method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "LibraryImport" or "DllImport");

    // Documentation comments are trivia and not counted.
    private static int LinesOf(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        TypeDeclarationSyntax type => type.Identifier.Text,
        AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Identifier.Text,
        _ => node.Kind().ToString(),
    };
}
