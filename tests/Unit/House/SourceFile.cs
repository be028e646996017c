using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Boreal.Tests.Unit.House;

/// <summary>One hand-written C# file of the repository: its path from the root, its text and its syntax.</summary>
internal sealed class SourceFile
{
    private readonly Lazy<CompilationUnitSyntax> _syntax;

    public SourceFile(string root, string fullPath)
    {
        Path = System.IO.Path.GetRelativePath(root, fullPath).Replace('\\', '/');
        Text = File.ReadAllText(fullPath);
        Lines = Text.Count(c => c == '\n') + (Text.Length > 0 && Text[^1] != '\n' ? 1 : 0);
        _syntax = new(() => CSharpSyntaxTree.ParseText(Text).GetCompilationUnitRoot());
    }

    public string Path { get; }

    public string Text { get; }

    public int Lines { get; }

    public CompilationUnitSyntax Syntax => _syntax.Value;

    public bool InProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    public IEnumerable<MemberDeclarationSyntax> TopLevelTypes =>
        Syntax.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);
}
