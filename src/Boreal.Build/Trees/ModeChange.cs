namespace Boreal.Build.Trees;

/// <summary>A change of a mode in letters, as chmod(1) makes it: <c>u=rwX,go-w</c>.</summary>
internal sealed class ModeChange(string text)
{
    private const uint Sticky = 0x200;
    private const uint AnyExecute = 0x49; // 0111

    private readonly string[] _clauses = text.Split(',');

    public uint Apply(uint mode, bool isFolder)
    {
        foreach (var clause in _clauses)
            mode = Apply(clause, mode, isFolder);
        return mode;
    }

    private static uint Apply(string clause, uint mode, bool isFolder)
    {
        var at = clause.IndexOfAny(['+', '-', '=']);
        var who = at == 0 || clause[..at].Contains('a') ? "ugo" : clause[..at];
        while (at >= 0)
        {
            var next = clause.IndexOfAny(['+', '-', '='], at + 1);
            var letters = next < 0 ? clause[(at + 1)..] : clause[(at + 1)..next];
            foreach (var whose in who)
                mode = Apply(mode, whose, clause[at], letters, isFolder);
            at = next;
        }

        return mode;
    }

    private static uint Apply(uint mode, char whose, char sign, string letters, bool isFolder)
    {
        var shift = ShiftOf(whose);
        var bits = 0u;
        foreach (var letter in letters)
        {
            bits |= letter switch
            {
                'r' => 4u << shift,
                'w' => 2u << shift,
                'x' => 1u << shift,
                'X' => isFolder || (mode & AnyExecute) != 0 ? 1u << shift : 0,
                's' => whose switch { 'u' => 0x800u, 'g' => 0x400u, _ => 0 },
                't' => Sticky,
                // u, g or o: what they have.
                _ => ((mode >> ShiftOf(letter)) & 7) << shift,
            };
        }

        return sign switch
        {
            '+' => mode | bits,
            '-' => mode & ~bits,
            _ => (mode & ~(7u << shift)) | bits,
        };
    }

    private static int ShiftOf(char whose) => whose switch { 'u' => 6, 'g' => 3, _ => 0 };
}
