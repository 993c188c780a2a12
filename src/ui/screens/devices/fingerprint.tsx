/** A key as people compare it: 8 groups, read across. */
export const Fingerprint = ({ label, text }: { readonly label: string; readonly text: string }) => (
  <div class="u-tight">
    <p class="u-small">{label}</p>
    <p class="code-groups fingerprint">
      {text.split(" ").map((group, index) => (
        <span key={index}>{group} </span>
      ))}
    </p>
  </div>
);
