namespace Boreal.BuildWire.Ignore;

/// <summary>One part of a pattern with wildcards.</summary>
internal abstract class PatternToken
{
    /// <summary>May match nothing.</summary>
    public virtual bool IsSkippable => false;

    /// <summary>Marks in <paramref name="next"/> the states that <paramref name="letter"/> leads to from state <paramref name="at"/>.</summary>
    public abstract void Step(char letter, int at, Span<bool> next);

    internal sealed class Letter(char expected) : PatternToken
    {
        public override void Step(char letter, int at, Span<bool> next) => next[at + 1] |= letter == expected;
    }

    /// <summary><c>?</c></summary>
    internal sealed class AnyLetter : PatternToken
    {
        public override void Step(char letter, int at, Span<bool> next) => next[at + 1] |= letter != '/';
    }

    /// <summary><c>*</c></summary>
    internal sealed class NamePart : PatternToken
    {
        public override bool IsSkippable => true;

        public override void Step(char letter, int at, Span<bool> next) => next[at] |= letter != '/';
    }

    /// <summary><c>**</c> at the end.</summary>
    internal sealed class Everything : PatternToken
    {
        public override bool IsSkippable => true;

        public override void Step(char letter, int at, Span<bool> next) => next[at] = true;
    }

    /// <summary><c>**</c> elsewhere: nothing, or whole folders; it goes on behind a slash only. Two states, of which this is the first.</summary>
    internal sealed class Folders : PatternToken
    {
        public override void Step(char letter, int at, Span<bool> next)
        {
            next[at + 1] = true;
            next[at + 2] |= letter == '/';
        }
    }

    /// <summary>The second state of <see cref="Folders"/>: within a folder's name.</summary>
    internal sealed class WithinFolders : PatternToken
    {
        public override void Step(char letter, int at, Span<bool> next)
        {
            next[at] = true;
            next[at + 1] |= letter == '/';
        }
    }

    /// <summary><c>[a-z]</c></summary>
    internal sealed class OneOf(IReadOnlyList<(char From, char To)> ranges, bool isNegated) : PatternToken
    {
        public override void Step(char letter, int at, Span<bool> next)
        {
            var isIn = false;
            foreach (var (from, to) in ranges)
                isIn |= letter >= from && letter <= to;
            next[at + 1] |= isIn != isNegated;
        }
    }
}
