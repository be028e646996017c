namespace Boreal.Orchestrator.Routes;

/// <summary>
/// A rule in Traefik's words: <c>Host(`a`, `b`) &amp;&amp; PathPrefix(`/x`) || ...</c>. It becomes terms, of which one has to fit: each
/// names hosts and the start of a path, or leaves one of them open.
/// </summary>
internal ref struct RuleText
{
    private const int Longest = 4096;
    private const int MostTerms = 64;

    private readonly string _service;
    private readonly string _rule;
    private int _at;
    private int _depth;

    private RuleText(string service, string rule) => (_service, _rule) = (service, rule);

    /// <exception cref="Errors.AppException">It cannot be read.</exception>
    public static IReadOnlyList<RuleTerm> Parse(string service, string rule)
    {
        if (rule.Length > Longest) throw TraefikLabels.Wrong(service, "a rule", $"has more than {Longest} characters");
        var text = new RuleText(service, rule);
        var terms = text.Either();
        return text.Peek() == '\0' ? terms : throw text.Wrong("&&, || or the end");
    }

    private List<RuleTerm> Either()
    {
        var terms = Both();
        while (Takes("||")) terms.AddRange(Both());
        return Bounded(terms);
    }

    private List<RuleTerm> Both()
    {
        var terms = One();
        while (Takes("&&"))
        {
            var (left, right) = (terms, One());
            terms = [];
            foreach (var one in left)
            {
                foreach (var other in right) terms.Add(one.And(other) ?? throw Wrong("at most one of the hosts and one path prefix in what has to hold together"));
            }
            Bounded(terms);
        }
        return terms;
    }

    private List<RuleTerm> One()
    {
        if (Takes("("))
        {
            if (++_depth > 16) throw Wrong("fewer parentheses");
            var inner = Either();
            _depth--;
            return Takes(")") ? inner : throw Wrong(")");
        }
        if (Takes("Host(")) return [new RuleTerm { Hosts = Values() }];
        if (Takes("PathPrefix(")) return [.. Values().Select(path => new RuleTerm { PathPrefix = path is "/" ? "" : path })];
        throw Wrong("Host(`...`) or PathPrefix(`...`), the only matchers the ingress knows");
    }

    private List<string> Values()
    {
        var values = new List<string>();
        do
        {
            var quote = Peek();
            if (quote is not ('`' or '"' or '\'')) throw Wrong("a value in backticks");
            var end = _rule.IndexOf(quote, _at + 1);
            if (end < 0) throw Wrong("the end of the value");
            values.Add(_rule[(_at + 1)..end]);
            _at = end + 1;
        }
        while (Takes(","));
        return Takes(")") && values.TrueForAll(value => value.Length > 0) ? values : throw Wrong(")");
    }

    private readonly List<RuleTerm> Bounded(List<RuleTerm> terms) => terms.Count <= MostTerms ? terms : throw TraefikLabels.Wrong(_service, "a rule", $"has more than {MostTerms} alternatives");

    private bool Takes(string word)
    {
        Peek();
        if (!_rule.AsSpan(_at).StartsWith(word, StringComparison.OrdinalIgnoreCase)) return false;
        _at += word.Length;
        return true;
    }

    private char Peek()
    {
        while (_at < _rule.Length && char.IsWhiteSpace(_rule[_at])) _at++;
        return _at < _rule.Length ? _rule[_at] : '\0';
    }

    private readonly Errors.AppException Wrong(string expected) => TraefikLabels.Wrong(_service, $"the rule {_rule}", $"cannot be used: expected at {_at + 1}: {expected}");
}
