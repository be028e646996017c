namespace Boreal.Build.Dockerfile.Source;

/// <summary>Lines of a file, counted from 1, both ends included.</summary>
public readonly record struct LineRange(int Start, int End)
{
    public static LineRange At(int line) => new(line, line);

    public bool Contains(int line) => line >= Start && line <= End;

    public override string ToString() => Start == End ? $"{Start}" : $"{Start}-{End}";
}
